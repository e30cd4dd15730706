#compdef encoderscope
# SPDX-License-Identifier: GPL-3.0-or-later
# The program knows its words: it is asked what the last one may become, and where it has no answer a file is meant.
local -a found
found=("${(@f)$("${(Q)words[1]}" "${(@Q)words[2,CURRENT-1]}" "--complete=${(Q)words[CURRENT]}" 2>/dev/null)}")
found=("${(@)found:#}")
if (( $#found )); then
    found=("${(@)found//:/\\:}")
    found=("${(@)found/$'\t'/:}")
    _describe encoderscope found
else
    _files
fi
