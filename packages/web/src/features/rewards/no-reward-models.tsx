import { Link } from '@tanstack/react-router'
import { useProject } from '../../app/client.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'

/** How the first reward model comes about. */
export function NoRewardModels({ origin }: { origin: string }) {
  const { slug } = useProject()
  return (
    <div className="grid max-w-5xl gap-x-14 gap-y-6 lg:grid-cols-2 lg:items-start">
      <div className="text-ink-soft">
        <h2 className="text-ink">No reward model yet</h2>
        <p className="mt-1">
          A reward model learns from comparisons, rankings and corrections which of two outputs people prefer, and then gives every output a
          score with its uncertainty.
        </p>
        <p className="mt-2">
          Make a data set of what people said, and train on it. The model comes with a report card: accuracy on prompts it never saw, beside
          what length alone achieves. It scores nothing until someone here makes it active.
        </p>
        <Link to="/p/$project/datasets" params={{ project: slug }} className={`${buttonClass('primary')} mt-4`}>
          Make a data set
        </Link>
      </div>
      <CodeBlock
        label="Or train on your machine and register the model"
        code={`export PLAUDIT_SECRET_KEY=…   # from the settings
plaudit reward train --server ${origin} \\
  --register helpfulness -o helpfulness.model`}
      />
    </div>
  )
}
