import { gather } from './gather.ts'

/**
 * Lets concurrent calls share one statement: while one is under way, the calls made meanwhile wait and go together in the next one. A call alone
 * waits for nothing. When a statement of several fails, each of them is tried alone, so that nobody pays for a neighbour.
 * @param run answers for each input, in order.
 */
export function batched<I, O>(run: (inputs: readonly I[]) => Promise<O[]>): (input: I) => Promise<O> {
  type Call = { input: I; outcome?: { value: O } | { reason: unknown } }

  const share = gather(async (calls: Call[]): Promise<void> => {
    await settle(calls)
  })

  async function settle(calls: readonly Call[]): Promise<void> {
    try {
      const values = await run(calls.map(({ input }) => input))
      for (const [index, call] of calls.entries()) call.outcome = { value: values[index] as O }
    } catch (reason) {
      if (calls.length > 1) for (const call of calls) await settle([call])
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
