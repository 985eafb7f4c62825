// Shows what an administrator should look at, each with the way there; or that all is well.
import { CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactElement } from "react";
import type { AttentionItem } from "#components/overview/attention.ts";
import { Card } from "#components/ui/card.tsx";
import { TextLink } from "#components/ui/text-link.tsx";

type AttentionCardProps = { items: readonly AttentionItem[]; portalHref: string };

const faces = {
  warning: { Icon: TriangleAlert, ink: "text-warning-text" },
  info: { Icon: Info, ink: "text-muted" },
  positive: { Icon: CircleCheck, ink: "text-positive-text" },
} as const;

/** The list of what needs attention. */
export function AttentionCard({ items, portalHref }: AttentionCardProps): ReactElement {
  return (
    <Card title="Needs attention">
      {items.length === 0 ? (
        <p className="flex items-center gap-2 text-muted">
          <CircleCheck className="size-4 shrink-0 text-positive-text" aria-hidden="true" />
          Nothing. The keys are in order.
        </p>
      ) : (
        <ul className="flex flex-col gap-4">
          {items.map((item) => {
            const { Icon, ink } = faces[item.tone];
            return (
              <li key={item.key} className="flex gap-2.5">
                <Icon className={`mt-0.5 size-4 shrink-0 ${ink}`} aria-hidden="true" />
                <div className="min-w-0">
                  <p className="font-medium">{item.title}</p>
                  <p className="text-muted">
                    {item.text} <TextLink href={`${portalHref}${item.href}`}>{item.linkText}</TextLink>
                  </p>
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
