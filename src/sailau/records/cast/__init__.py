"""Cast vote records: files of voting machines that hold one record for each ballot."""
