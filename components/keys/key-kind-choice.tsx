// Lets a person choose the kind of a new key, with what each choice costs.
"use client";

import { type ReactElement, useId } from "react";
import { type KeyKind, keyKinds } from "#components/keys/algorithm-name.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Radio } from "#components/ui/radio.tsx";

type KeyKindChoiceProps = {
  legend: string;
  kinds: readonly KeyKind[];
  /** The `id` of the chosen kind. */
  chosenId: string;
  onChoose: (kind: KeyKind) => void;
};

const speedFormat = new Intl.NumberFormat("en");
const fastest = Math.max(...keyKinds.map((kind) => kind.signaturesPerSecond));
const slowest = Math.min(...keyKinds.map((kind) => kind.signaturesPerSecond));

// The kinds differ by a factor of 180, so the bar is logarithmic; the number beside it is not.
function speedPercent(kind: KeyKind): number {
  return Math.round(12 + (88 * Math.log(kind.signaturesPerSecond / slowest)) / Math.log(fastest / slowest));
}

/** Radio buttons, one row for each kind. */
export function KeyKindChoice({ legend, kinds, chosenId, onChoose }: KeyKindChoiceProps): ReactElement {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-md border border-line">
        {kinds.map((kind) => (
          <KindRow key={kind.id} name={name} kind={kind} isChosen={kind.id === chosenId} onChoose={onChoose} />
        ))}
      </div>
      <p className="mt-1.5 text-xs text-faint">Speed: signatures a second on one core; the bar is logarithmic.</p>
    </fieldset>
  );
}

type KindRowProps = { name: string; kind: KeyKind; isChosen: boolean; onChoose: (kind: KeyKind) => void };

function KindRow({ name, kind, isChosen, onChoose }: KindRowProps): ReactElement {
  return (
    <label
      className={classNames(
        "grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 bg-surface px-3 py-2 hover:bg-hover has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent-text dark:bg-transparent",
        isChosen && "bg-accent-soft hover:bg-accent-soft dark:bg-accent-soft",
      )}
    >
      <Radio
        name={name}
        value={kind.id}
        checked={isChosen}
        onChange={() => onChoose(kind)}
        className="focus-visible:outline-none"
      />
      <span className="min-w-0">
        <span className="text-sm font-medium">{kind.label}</span>
        <span className="block text-xs text-muted">{kind.note}</span>
      </span>
      <span className="flex w-20 flex-col items-end gap-1 sm:w-28">
        <span className="text-xs text-muted tabular-nums">{`~${speedFormat.format(kind.signaturesPerSecond)} /s`}</span>
        <svg className="h-1 w-full" aria-hidden="true" focusable="false">
          <rect width="100%" height="4" rx="2" className="fill-line" />
          <rect width={`${speedPercent(kind)}%`} height="4" rx="2" className="fill-accent" />
        </svg>
      </span>
    </label>
  );
}
