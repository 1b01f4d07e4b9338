"""LaTeX for manuscripts: claims, tables and whole documents, in the paper's notation or the author's own."""
