import { Skeleton } from '../../ui/skeleton.tsx'

/** Holds the place of the loop and the first charts while they load. */
export function OverviewSkeleton() {
  return (
    <output aria-label="Loading the overview" className="block">
      <span className="mb-10 grid grid-cols-3 gap-6">
        {[0, 1, 2].map((index) => (
          <Skeleton key={index} className="mx-auto h-12 w-28" />
        ))}
        <span className="late col-span-3 h-60 rounded-full border-2 border-line max-lg:rounded-lg" />
        {[0, 1, 2].map((index) => (
          <Skeleton key={index} className="mx-auto h-12 w-28" />
        ))}
      </span>
      <Skeleton className="h-40" />
    </output>
  )
}
