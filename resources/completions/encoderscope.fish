# SPDX-License-Identifier: GPL-3.0-or-later
# The program knows its words: it is asked what the last one may become, and where it has no answer a file is meant.
function __encoderscope_words
    set -l before (commandline -opc)
    set -l word (commandline -ct)
    $before[1] $before[2..-1] --complete="$word" 2>/dev/null
end
complete -c encoderscope -n 'test -n "$(__encoderscope_words)"' -f -a '(__encoderscope_words)'
complete -c encoderscope -n 'test -z "$(__encoderscope_words)"' -F
