"""Files: workbooks and csv in, sheets out."""
