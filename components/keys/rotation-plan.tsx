// Shows what a rotation does to the three keys it touches, before it does it.
import { ArrowRight } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import type { AlgorithmChoice } from "#components/keys/algorithm-picker.tsx";
import { KeySeal } from "#components/keys/key-seal.tsx";
import { Kid } from "#components/keys/kid.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { formatDuration } from "#components/ui/format-time.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

type RotationPlanProps = {
  status: SigningKeyStatusView;
  /** Of the key that will wait in the queue afterwards. */
  choice: AlgorithmChoice;
};

/** Three rows: next becomes current, current becomes previous, a new next is made. */
export function RotationPlan({ status, choice }: RotationPlanProps): ReactElement {
  const { current_key: current, next_key: next } = status;
  return (
    <ol
      aria-label="What will happen"
      className="divide-y divide-line rounded-md border border-line bg-surface dark:bg-transparent"
    >
      <PlanRow
        seal={<KeySeal kid={next.kid} state="current" className="size-8" />}
        name={<Kid kid={next.kid} isShort />}
        from="Next"
        to="Current"
        isMain
      >
        {`Signs every new token and assertion from now on, with ${describeAlgorithm(next.algorithm, next.rsa_bits)}.`}
      </PlanRow>
      <PlanRow
        seal={<KeySeal kid={current.kid} state="previous" className="size-8" />}
        name={<Kid kid={current.kid} isShort />}
        from="Current"
        to="Previous"
      >
        {`Stays in the JWKS. The tokens it signed stay valid until they expire, at most ${formatDuration(status.max_token_expiry_secs)} from now.`}
      </PlanRow>
      <PlanRow
        seal={
          <svg viewBox="0 0 40 40" className="size-8 shrink-0" aria-hidden="true" focusable="false">
            <path
              className="fill-none stroke-control [stroke-dasharray:2.4_1.6]"
              strokeWidth="1.4"
              d="M12.6 2h14.8L38 12.6v14.8L27.4 38H12.6L2 27.4V12.6zM20 14.5v11M14.5 20h11"
            />
          </svg>
        }
        name="A new key"
        from={null}
        to="Next"
      >
        {`Made and published at once, ${describeAlgorithm(choice.algorithm, choice.rsa_bits)}; waits for the rotation after this one.`}
      </PlanRow>
    </ol>
  );
}

type PlanRowProps = {
  seal: ReactNode;
  name: ReactNode;
  from: string | null;
  to: string;
  isMain?: boolean;
  children: ReactNode;
};

function PlanRow({ seal, name, from, to, isMain = false, children }: PlanRowProps): ReactElement {
  return (
    <li className="flex gap-3 px-3 py-2.5">
      {seal}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
          <span className="mr-1 font-medium">{name}</span>
          {from === null ? null : (
            <>
              <Badge>{from}</Badge>
              <ArrowRight className="size-3.5 text-faint" aria-label="becomes" />
            </>
          )}
          <Badge tone={isMain ? "accent" : "neutral"}>{to}</Badge>
        </div>
        <p className="mt-1 text-xs text-muted">{children}</p>
      </div>
    </li>
  );
}
