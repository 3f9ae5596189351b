import { ApiError } from '@plaudit/protocol'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const MINUTE = 60
/**
 * Failed attempts before a pause. An account is mostly guarded per address, so that a stranger cannot lock its owner out; the limit per
 * account bounds guessing from many addresses, the one per address guessing of many accounts (it is wide, as offices share one).
 */
const limits = {
  accountFromAddress: { points: 10, duration: 15 * MINUTE },
  account: { points: 100, duration: 60 * MINUTE },
  address: { points: 200, duration: 15 * MINUTE },
} as const

/** Counts attempts to guess a password. Successes do not count. */
export function attemptLimit() {
  const both = new RateLimiterMemory(limits.accountFromAddress)
  const account = new RateLimiterMemory(limits.account)
  const address = new RateLimiterMemory(limits.address)
  const keysOf = (email: string, from: string) => [[both, `${email} ${from}`] as const, [account, email] as const, [address, from] as const]

  return {
    /**
     * Runs an attempt, counted beforehand, so that many at once cannot slip through.
     * @throws ApiError `rate_limited` with the seconds to wait.
     */
    async attempt<T>(email: string, from: string, run: () => Promise<T>): Promise<T> {
      const keys = keysOf(email.toLowerCase(), from)
      try {
        for (const [limiter, key] of keys) await limiter.consume(key)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1_000)
        throw new ApiError('rate_limited', `Too many failed attempts. Try again in ${Math.ceil(retryAfterSeconds / MINUTE)} min.`, {
          details: { retryAfterSeconds },
        })
      }
      const result = await run()
      for (const [limiter, key] of keys) await (limiter === both ? limiter.delete(key) : limiter.reward(key))
      return result
    },
  }
}
