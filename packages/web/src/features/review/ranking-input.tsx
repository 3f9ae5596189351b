import type { Criterion } from '@plaudit/protocol'
import { AnswerButton } from '../../ui/answer-button.tsx'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { withRank } from '../../ui/ranking.ts'
import { pick, type Ranks, unpick } from './rank-pick.ts'

export type RankingInputProps = {
  criterion: Criterion & { type: 'ranking' }
  outputs: number
  ranks: Ranks
  /** The next output picked gets the same place as the one before. */
  ties: boolean
  onChange: (ranks: (number | null)[]) => void
}

/** Outputs from best to worst. By key: the number of the best one, then of the next; E ties the next with the one before, Backspace takes one back. */
export function RankingInput({ criterion, outputs, ranks, ties, onChange }: RankingInputProps) {
  const places = Array.from({ length: outputs }, (_, index) => index + 1)
  return (
    <div className="flex flex-col gap-2">
      <p className="text-note text-ink-soft">
        Press the number of the best output, then of the next one.
        {criterion.allowTies && (
          <>
            {' '}
            <Kbd keys="e" /> ties the next with the one before{ties ? ': on' : ''}.
          </>
        )}
      </p>
      <table className="w-full border-collapse">
        <caption className="sr-only">{criterion.title}: the place of each output, 1 is the best</caption>
        <tbody>
          {places.map((number) => (
            <tr key={number} className="border-b border-line last:border-0">
              <th scope="row" className="py-1 pr-2 text-left font-medium whitespace-nowrap">
                <button
                  type="button"
                  onClick={() => onChange(pick(ranks, number - 1, ties))}
                  className="inline-flex h-8 items-center gap-1.5 rounded-md px-1.5 hover:bg-hover pointer-coarse:h-11"
                >
                  Output {number} <Kbd keys={String(number)} />
                </button>
              </th>
              <td className="py-1">
                <fieldset aria-label={`Place of output ${number}`} className="flex flex-wrap justify-end gap-1">
                  {places.map((place) => (
                    <AnswerButton
                      key={place}
                      label={`Output ${number} on place ${place}`}
                      isOn={ranks[number - 1] === place}
                      onClick={() => onChange(withRank(ranks, number - 1, ranks[number - 1] === place ? null : place))}
                      className="min-w-8 px-1"
                    >
                      {place}
                    </AnswerButton>
                  ))}
                </fieldset>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        variant="quiet"
        shortcut="backspace"
        disabled={ranks.every((rank) => rank === null)}
        onClick={() => onChange(unpick(ranks))}
        className="self-start"
      >
        Take the last one back
      </Button>
    </div>
  )
}
