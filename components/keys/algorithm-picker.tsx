// Lets a person choose the kind of a new key and its algorithm, with what each choice costs.
"use client";

import { type ReactElement, useId } from "react";
import { findKeyKind, type KeyKind, keyKinds } from "#components/keys/algorithm-name.ts";
import { KeyKindChoice } from "#components/keys/key-kind-choice.tsx";
import { Radio } from "#components/ui/radio.tsx";

/** The chosen algorithm; `rsa_bits` is null for an elliptic curve. */
export type AlgorithmChoice = { algorithm: string; rsa_bits: number | null };

type AlgorithmPickerProps = { legend: string; value: AlgorithmChoice; onChange: (choice: AlgorithmChoice) => void };

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
      <KeyKindChoice legend={legend} kinds={keyKinds} chosenId={chosen.id} onChoose={chooseKind} />
      {chosen.algorithms.length > 1 ? (
        <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <legend className="float-left mr-4 text-sm font-medium">Algorithm</legend>
          {chosen.algorithms.map((algorithm) => (
            <label key={algorithm} className="inline-flex min-h-7 items-center gap-2 text-sm">
              <Radio
                name={name}
                value={algorithm}
                checked={value.algorithm === algorithm}
                onChange={() => onChange({ ...value, algorithm })}
              />
              {algorithm}
            </label>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
