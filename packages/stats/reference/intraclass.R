# Intraclass correlations with their intervals, Cohen's kappa with standard errors, and Cronbach's alpha of the complete data sets of
# agreement.json, by psych. Run: Rscript intraclass.R > intraclass.json (Debian: r-cran-psych; python3 reads the JSON).
suppressPackageStartupMessages(library(psych))
tables <- system("python3 -c \"
import json
for d in json.load(open('agreement.json'))['datasets']:
    if 'complete' in d:
        print('|'.join(','.join(str(v) for v in row) for row in d['table']))
\"", intern = TRUE)
number <- function(x) sprintf("%.14g", x)
entries <- sapply(tables, function(line) {
  table <- do.call(rbind, lapply(strsplit(strsplit(line, "|", fixed = TRUE)[[1]], ",", fixed = TRUE), as.numeric))
  # lmer = FALSE: by analysis of variance, as Shrout and Fleiss.
  icc <- ICC(table, lmer = FALSE)$results
  forms <- c("1 single", "2 single", "3 single", "1 average", "2 average", "3 average")
  rows <- paste0('"', forms, '": [', number(icc$ICC), ", ", number(icc$`lower bound`), ", ", number(icc$`upper bound`), "]", collapse = ", ")
  kappa <- cohen.kappa(table[, 1:2])
  paste0('{"icc": {', rows, '}, "cohen": {"identity": [', number(kappa$kappa), ", ", number(sqrt(kappa$var.kappa)), '], "quadratic": [',
         number(kappa$weighted.kappa), ", ", number(sqrt(kappa$var.weighted)), "]}}")
})
cat('{"programs": {"psych": "', as.character(packageVersion("psych")), '", "R": "', as.character(getRversion()), '"}, "datasets": [\n  ',
    paste(entries, collapse = ",\n  "), "\n]}\n", sep = "")
