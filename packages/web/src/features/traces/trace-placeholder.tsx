import { Skeleton } from '../../ui/skeleton.tsx'

/** The frame of a trace that is loading; nothing moves when it arrives. */
export function TracePlaceholder() {
  return (
    <output aria-label="Loading the trace" className="flex flex-col">
      <div className="flex flex-col gap-3 border-b border-line px-4 pt-5 pb-4 sm:px-6">
        <Skeleton className="h-6 w-64" />
        <Skeleton className="h-4 w-96 max-w-full" />
      </div>
      <div className="lg:grid lg:grid-cols-[19rem_minmax(0,1fr)]">
        <div className="flex flex-col gap-4 px-4 py-4 max-lg:hidden">
          {[64, 80, 56, 72].map((width) => (
            <Skeleton key={width} className="h-4" />
          ))}
        </div>
        <div className="flex flex-col gap-4 px-4 py-4 sm:px-6">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-24 w-full max-w-2xl" />
          <Skeleton className="h-40 w-full max-w-2xl" />
        </div>
      </div>
    </output>
  )
}
