// Lets a person choose the kind of a new key and its algorithm, with what each choice costs.
"use client";

import { type ReactElement, useId } from "react";
import { findKeyKind, type KeyKind, keyKinds } from "#components/keys/algorithm-name.ts";
import { classNames } from "#components/ui/class-names.ts";

/** The chosen algorithm; `rsa_bits` is null for an elliptic curve. */
export type AlgorithmChoice = { algorithm: string; rsa_bits: number | null };

type AlgorithmPickerProps = { legend: string; value: AlgorithmChoice; onChange: (choice: AlgorithmChoice) => void };

const speedFormat = new Intl.NumberFormat("en");
const fastest = Math.max(...keyKinds.map((kind) => kind.signaturesPerSecond));
const slowest = Math.min(...keyKinds.map((kind) => kind.signaturesPerSecond));

// The kinds differ by a factor of 180, so the bar is logarithmic; the number beside it is not.
function speedPercent(kind: KeyKind): number {
  return Math.round(12 + (88 * Math.log(kind.signaturesPerSecond / slowest)) / Math.log(fastest / slowest));
}

/** Radio buttons for the kind of key and, for RSA, for the hash. */
export function AlgorithmPicker({ legend, value, onChange }: AlgorithmPickerProps): ReactElement {
  const name = useId();
  const chosen = findKeyKind(value.algorithm, value.rsa_bits);
  function chooseKind(kind: KeyKind): void {
    const algorithm = kind.algorithms.includes(value.algorithm) ? value.algorithm : (kind.algorithms[0] ?? "");
    onChange({ algorithm, rsa_bits: kind.rsaBits });
  }
  return (
    <div className="flex flex-col gap-3">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
        <div className="divide-y divide-line overflow-hidden rounded-md border border-line">
          {keyKinds.map((kind) => (
            <KindRow
              key={kind.id}
              name={`${name}-kind`}
              kind={kind}
              isChosen={kind.id === chosen.id}
              onChoose={chooseKind}
            />
          ))}
        </div>
        <p className="mt-1.5 text-xs text-faint">Speed: signatures a second on one core; the bar is logarithmic.</p>
      </fieldset>
      {chosen.algorithms.length > 1 ? (
        <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <legend className="float-left mr-4 text-sm font-medium">Algorithm</legend>
          {chosen.algorithms.map((algorithm) => (
            <label key={algorithm} className="inline-flex min-h-7 items-center gap-2 text-sm">
              <input
                type="radio"
                name={`${name}-algorithm`}
                value={algorithm}
                checked={value.algorithm === algorithm}
                onChange={() => onChange({ ...value, algorithm })}
                className="size-4 accent-accent"
              />
              {algorithm}
            </label>
          ))}
        </fieldset>
      ) : null}
    </div>
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
      <input
        type="radio"
        name={name}
        value={kind.id}
        checked={isChosen}
        onChange={() => onChoose(kind)}
        className="size-4 accent-accent focus-visible:outline-none"
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
