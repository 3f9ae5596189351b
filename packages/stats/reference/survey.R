# Reference values for sampling/ from R's survey: weighted and clustered means, post-stratification, raking. Run: Rscript survey.R > survey.json
# (Debian: r-cran-survey; python3 reads sampling.json).
suppressPackageStartupMessages(library(survey))
lines <- system("python3 -c \"
import json
d = json.load(open('sampling.json'))
for row in zip(d['y'], d['probability'], d['item']):
    print(*row)
\"", intern = TRUE)
d <- read.table(text = lines, col.names = c("y", "probability", "item"))
number <- function(x) paste0("[", paste(sprintf("%.14g", x), collapse = ", "), "]")
mean_of <- function(design) { m <- svymean(~y, design); number(c(coef(m), SE(m))) }

clustered <- svydesign(ids = ~item, probs = ~probability, data = d)
alone <- svydesign(ids = ~1, probs = ~probability, data = d)

# Three strata in turn, with a target's shares; units drawn alone.
d$stratum <- c("a", "b", "c")[1 + (seq_len(nrow(d)) %% 3)]
share <- c(a = 0.5, b = 0.3, c = 0.2)
d$weight <- share[d$stratum] / table(d$stratum)[d$stratum]
stratified <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = d)

# Two margins at once.
d$model <- c("p", "q")[1 + (d$item %% 2)]
raked <- rake(svydesign(ids = ~1, weights = rep(1, nrow(d)), data = d), list(~stratum, ~model),
              list(data.frame(stratum = names(share), Freq = share * nrow(d)), data.frame(model = c("p", "q"), Freq = c(0.35, 0.65) * nrow(d))),
              control = list(maxit = 1000, epsilon = 1e-12))
cat('{"programs": {"survey": "', as.character(packageVersion("survey")), '", "R": "', as.character(getRversion()), '"},\n',
    ' "hajek": {"clustered": ', mean_of(clustered), ', "alone": ', mean_of(alone), '},\n',
    ' "stratum": ["', paste(d$stratum, collapse = '", "'), '"],\n "model": ["', paste(d$model, collapse = '", "'), '"],\n',
    ' "postStratified": ', mean_of(stratified), ',\n "raked": ', number(weights(raked)), "}\n", sep = "")
