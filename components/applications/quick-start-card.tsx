// Programs to copy, one tab for each language, for each thing that the application may do.
import type { ReactElement } from "react";
import { CodeBlock } from "#components/applications/code-block.tsx";
import { CopyValue } from "#components/applications/copy-value.tsx";
import {
  type QuickStart,
  type QuickStartFacts,
  type QuickStartKind,
  quickStartKinds,
  quickStarts,
} from "#components/applications/quick-start.ts";
import { Card } from "#components/ui/card.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

const titles: Record<QuickStartKind, { title: string; what: string }> = {
  "sign-in": { title: "Quick start: sign a person in", what: "Program that signs a person in" },
  machine: { title: "Quick start: get a token", what: "Program that gets a token" },
};

/** A card for each kind of program. */
export function QuickStartCards({ facts }: { facts: QuickStartFacts }): ReactElement {
  return (
    <>
      {quickStartKinds(facts).map((kind) => (
        <Card
          key={kind}
          title={titles[kind].title}
          description={
            facts.isConfidential ? "Put the client secret into the environment as CLIENT_SECRET." : undefined
          }
        >
          <Tabs
            label="Language"
            tabs={quickStarts(kind, facts).map((start) => ({
              value: start.language,
              label: start.label,
              panel: <Program start={start} what={titles[kind].what} />,
            }))}
          />
        </Card>
      ))}
    </>
  );
}

function Program({ start, what }: { start: QuickStart; what: string }): ReactElement {
  return (
    <div className="flex flex-col gap-1">
      {start.install === null ? null : <CopyValue value={start.install} label={`Copy: ${start.install}`} />}
      <CodeBlock label={`${what}, ${start.label}`} code={start.code.trimEnd()} />
    </div>
  );
}
