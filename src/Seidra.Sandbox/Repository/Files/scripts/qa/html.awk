# file, lines, covered lines -> a page for people
BEGIN { printf "<!doctype html><title>%s coverage (stand-in)</title><h1>%s coverage (stand-in: made-up figures)</h1><table>\n", title, title }
/^#/ { next }
{ printf "<tr><td>%s<td>%d / %d<td>%.1f %%\n", $1, $3, $2, 100 * $3 / $2; lines += $2; covered += $3 }
END { printf "<tr><th>total<th>%d / %d<th>%.1f %%\n</table>\n", covered, lines, 100 * covered / lines }
