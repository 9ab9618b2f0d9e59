from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import fintech2021 as ft
from fintech2021 import errors

if TYPE_CHECKING:
    from collections.abc import Callable

BUILTINS = {
    errors.IntegrityError: RuntimeError,
    errors.MissingDependencyError: ImportError,
    errors.RecordVersionError: ValueError,
    errors.SourceTextError: ValueError,
    errors.UnknownBackendError: ValueError,
    errors.UnknownColumnError: KeyError,
    errors.UnknownDatasetError: KeyError,
    errors.UnknownKeyError: KeyError,
    errors.UnknownNameError: KeyError,
    errors.UnknownVersionError: KeyError,
    errors.ValidationError: ValueError,
}


@pytest.mark.parametrize(("error", "builtin"), BUILTINS.items())
def test_every_error_is_also_the_builtin_that_a_caller_expects(
    error: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(error, builtin)


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_has_the_one_base(name: str) -> None:
    base = UserWarning if name.endswith("Warning") else errors.Fintech2021Error
    assert issubclass(getattr(errors, name), base)


def test_an_unknown_name_lists_the_close_matches_and_what_exists() -> None:
    error = errors.UnknownNameError("fruit", "aple", ["apple", "fig"])
    assert str(error) == "There is no fruit 'aple'. Did you mean 'apple'? Known: apple, fig."


def test_an_unknown_name_that_resembles_nothing_suggests_nothing() -> None:
    error = errors.UnknownNameError("fruit", "zzz", ["apple", "pear"])
    assert str(error) == "There is no fruit 'zzz'. Known: apple, pear."


def test_an_unknown_name_without_alternatives_says_only_that() -> None:
    assert str(errors.UnknownNameError("fruit", "apple", [])) == "There is no fruit 'apple'."


@pytest.mark.parametrize("asked", [None, 7, ["apple"], object()])
def test_an_unknown_name_may_be_any_object(asked: object) -> None:
    error = errors.UnknownNameError("fruit", asked, ["apple"])
    assert (error.asked, error.known) == (asked, ("apple",))
    assert repr(asked) in str(error)


def test_an_unknown_name_ends_with_its_hint() -> None:
    assert str(errors.UnknownNameError("fruit", "x", ["a"], hint="Eat.")).endswith("Eat.")


def test_a_long_list_of_names_is_cut_and_counted() -> None:
    text = str(errors.UnknownNameError("number", "x", [str(n) for n in range(1000)]))
    assert "… 1000 in all" in text
    assert "999" not in text


def test_the_message_of_an_unknown_name_has_no_quotes_around_it() -> None:
    assert not str(errors.UnknownNameError("fruit", "x", ["a"])).startswith(("'", '"'))


def test_a_missing_dependency_says_what_to_install() -> None:
    text = str(errors.MissingDependencyError("polars", "polars", 'backend="polars"'))
    assert "polars, which is not installed" in text
    assert "pip install 'fintech2021[polars]'" in text


def _unknown_dataset() -> None:
    ft.load("bnks")


def _broken_frame() -> None:
    ft.validate(ft.load_banks().drop(columns="bank_id"), "banks")


def _unknown_key() -> None:
    ft.Bank.get("icbx")


def _pickled(error: Exception) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - pickled just here.


@pytest.mark.parametrize("call", [_unknown_dataset, _unknown_key])
@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, _pickled])
def test_an_error_survives_copying_and_pickling(
    call: Callable[[], None], copied: Callable[[Any], Any]
) -> None:
    with pytest.raises(errors.UnknownNameError) as caught:
        call()
    other = copied(caught.value)
    assert type(other) is type(caught.value)
    assert (str(other), other.asked, other.known) == (
        str(caught.value),
        caught.value.asked,
        caught.value.known,
    )


def test_a_validation_error_keeps_its_failures_when_pickled() -> None:
    with pytest.raises(errors.ValidationError) as caught:
        _broken_frame()
    other = _pickled(caught.value)
    assert other.failures.equals(caught.value.failures)
