"""What the site has beyond the pages in the repository, made when it is built."""
