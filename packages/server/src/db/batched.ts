import { gather } from './gather.ts'

/** Every statement costs both sides the same work however many calls are in it: under load a short pause makes them fewer. */
const REST_MS = 6
/** Classes of errors in what was sent (bad data, a broken rule) or of clashes with others; whatever else fails would fail for each call alone too. */
const mayBeOfOne = /^(?:22|23|40)/

/**
 * Lets concurrent calls share one statement: while one is under way, the calls made meanwhile wait and go together in the next one. A call alone
 * waits for nothing. When the database refuses a statement of several, each of them is tried alone, so that nobody pays for a neighbour.
 * @param run answers for each input, in order.
 */
export function batched<I, O>(run: (inputs: readonly I[]) => Promise<O[]>): (input: I) => Promise<O> {
  type Call = { input: I; outcome?: { value: O } | { reason: unknown } }

  const share = gather(
    async (calls: Call[]): Promise<void> => {
      await settle(calls)
    },
    { restMs: REST_MS },
  )

  async function settle(calls: readonly Call[]): Promise<void> {
    try {
      const values = await run(calls.map(({ input }) => input))
      for (const [index, call] of calls.entries()) call.outcome = { value: values[index] as O }
    } catch (reason) {
      const { code } = reason as { code?: unknown }
      if (calls.length > 1 && typeof code === 'string' && mayBeOfOne.test(code)) for (const call of calls) await settle([call])
      else for (const call of calls) call.outcome = { reason }
    }
  }

  return async (input) => {
    const call: Call = { input }
    await share([call])
    const { outcome } = call
    if (outcome === undefined || 'reason' in outcome) throw outcome?.reason
    return outcome.value
  }
}
