"""Any sheet of blocks as HTML, PDF and .docx."""
