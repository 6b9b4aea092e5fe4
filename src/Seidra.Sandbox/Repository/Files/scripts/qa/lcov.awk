# file, lines, covered lines -> lcov
/^#/ { next }
{
  printf "TN:stand-in\nSF:%s\n", $1
  for (line = 1; line <= $2; line++)
    printf "DA:%d,%d\n", line, line <= $3
  printf "LF:%d\nLH:%d\nend_of_record\n", $2, $3
}
