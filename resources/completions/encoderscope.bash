# SPDX-License-Identifier: GPL-3.0-or-later
# The program knows its words: it is asked what the last one may become, and where it has no answer a file is meant.
_encoderscope()
{
    local IFS=$'\n'
    COMPREPLY=($("$1" "${COMP_WORDS[@]:1:COMP_CWORD-1}" "--complete=${COMP_WORDS[COMP_CWORD]}" 2>/dev/null | cut -f1))
}
complete -o default -F _encoderscope encoderscope
