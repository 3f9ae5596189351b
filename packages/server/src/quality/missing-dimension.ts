import type { CommentTheme, DimensionReport } from '@plaudit/protocol'
import { wilsonInterval } from '@plaudit/stats'
import { targetOfItem } from '../events/item-key.ts'
import type { Comment } from './comment-store.ts'
import { viewOf } from './estimate-view.ts'
import { clusterTexts, type TextCluster } from './text-cluster.ts'
import { termVectors, wordsOf } from './text-term.ts'

const MOST_THEMES = 24
/** A theme of fewer comments is an anecdote. */
const FEWEST = 3
/** Comments about unlike things are no theme, whatever their number. */
const LEAST_COHESION = 0.25
const EXAMPLES = 4

/**
 * What people say that no criterion asks about: comments grouped by their words, and for each group how many stand on outputs that every
 * criterion was content with. `vocabulary` has the words of each criterion.
 */
export function missingDimensions(
  comments: readonly Comment[],
  vocabulary: ReadonlyMap<string, ReadonlySet<string>>,
): Omit<DimensionReport, 'source'> {
  const { vectors, names } = termVectors(comments.map(({ text }) => text))
  const k = Math.max(2, Math.min(MOST_THEMES, Math.round(Math.sqrt(comments.length / 2))))
  const themes = clusterTexts(vectors, names.length, k)
    .filter(({ members, cohesion }) => members.length >= FEWEST && cohesion >= LEAST_COHESION)
    .map((cluster) => themeOf(cluster, comments, names, vocabulary))
    .toSorted((a, b) => Number(b.isMissing) - Number(a.isMissing) || b.unexplained - a.unexplained || b.comments - a.comments)
  const missing = themes.filter(({ isMissing }) => isMissing)
  return { comments: comments.length, themes, sentence: sentenceOf(comments.length, themes, missing) }
}

function themeOf(
  { members, terms, cohesion }: TextCluster,
  comments: readonly Comment[],
  names: readonly string[],
  vocabulary: ReadonlyMap<string, ReadonlySet<string>>,
): CommentTheme {
  const own = members.map((member) => comments[member]!)
  const judged = own.filter(({ low }) => low !== null)
  const content = judged.filter(({ low }) => low === false)
  const share = wilsonInterval(content.length, judged.length)
  const words = terms.map((term) => names[term]!).filter((word) => word.length > 2 || /\P{Script=Latin}/u.test(word))
  const asked = [...vocabulary].find(([, known]) => words.slice(0, 4).some((word) => known.has(word)))?.[0] ?? null
  const seen = new Set<string>()
  const examples = own.filter(({ text }) => !seen.has(text) && seen.add(text)).slice(0, EXAMPLES)
  return {
    terms: words,
    comments: own.length,
    unexplained: content.length,
    unexplainedShare: viewOf(share, { n: judged.length, clusters: judged.length }),
    criterion: asked,
    // Most of such comments, beyond chance, are about something that no criterion marks down, and no criterion names.
    isMissing: asked === null && content.length >= FEWEST && (share.estimate === null ? false : (share.low ?? 0) > 0.5),
    cohesion,
    examples: examples.map(({ text, feedbackId, item, criterion, kind, low }) => ({
      text,
      feedbackId,
      target: targetOfItem(item),
      criterion,
      kind,
      low,
    })),
  }
}

function sentenceOf(comments: number, themes: readonly CommentTheme[], missing: readonly CommentTheme[]): string {
  if (comments === 0) return 'Nobody has said anything in their own words yet.'
  const total = `${comments.toLocaleString('en-US')} comment${comments === 1 ? '' : 's'}`
  if (themes.length === 0) return `${total}: too few that are alike to make a theme.`
  if (missing.length === 0)
    return `${total} in ${themes.length} themes: where people complain, some criterion was judged low, too. Nothing seems to be missing from the rubric.`
  const [first] = missing
  const terms = first!.terms
    .slice(0, 3)
    .map((term) => `“${term}”`)
    .join(', ')
  const more = missing.length === 1 ? '' : ` ${missing.length - 1} more theme${missing.length === 2 ? ' is' : 's are'} like that.`
  return `${first!.comments} comments around ${terms} stand mostly on outputs that every criterion was content with: the rubric may lack a question.${more}`
}

/** The words of criteria, to know what is asked already: those of their names, titles and help. */
export function criterionWords(criteria: readonly { key: string; texts: readonly string[] }[]): Map<string, Set<string>> {
  const common = new Set(
    wordsOf(
      'a an and are as at be by can do does for from has have how in is it its many much no not of on one or so that the there this to was what when where which who why will with you your output answer reply text yes',
    ),
  )
  return new Map(
    criteria.map(({ key, texts }) => {
      const words = [key.replaceAll('_', ' '), ...texts].flatMap(wordsOf).filter((word) => word.length > 2 && !common.has(word))
      return [key, new Set(words)]
    }),
  )
}
