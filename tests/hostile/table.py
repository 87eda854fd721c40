"""The table: every case, from all its parts."""

import cases_config
import cases_files
import cases_import
import cases_output
import cases_text
import cases_yaml
import growth

CASES = [
    *cases_text.CASES,
    *cases_yaml.CASES,
    *growth.CASES,
    *cases_output.CASES,
    *cases_import.CASES,
    *cases_config.CASES,
    # For some minutes after 200,000 files were deleted, ext4 looks long for the place of a new one.
    *cases_files.CASES,
]
