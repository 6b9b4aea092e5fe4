# class or file, test, seconds -> JUnit
/^#/ { next }
{ class[++count] = $1; test[count] = $2; seconds[count] = $3; total += $3 }
END {
  printf "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"%d\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"%.3f\">\n", count, total
  printf "  <testsuite name=\"%s\" tests=\"%d\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"%.3f\" timestamp=\"%s\" hostname=\"stand-in\">\n", suite, count, total, stamp
  for (i = 1; i <= count; i++)
    printf "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"/>\n", class[i], test[i], seconds[i]
  printf "  </testsuite>\n</testsuites>\n"
}
