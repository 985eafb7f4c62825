// Draws the life of the keys: published, signing, tokens still valid, dropped; with the same facts as a table for screen readers.
import { type ReactElement, useId } from "react";
import { describeAlgorithm } from "#components/keys/algorithm-name.ts";
import { shortKid } from "#components/keys/kid-parts.ts";
import { buildTimeline, type Timeline, type TimelinePhase, type TimelineRow } from "#components/keys/timeline.ts";
import { formatInstant } from "#components/ui/format-time.ts";
import type { SigningKeyStatusView } from "#lib/keys/view.ts";

const rowHeight = 44;
const headHeight = 22;
const barTop = 23;
const barHeight = 10;

const stateNames = { next: "Next", current: "Current", previous: "Previous", dropped: "Dropped" } as const;
const phaseNames: Record<TimelinePhase, string> = {
  published: "Published, waiting",
  signing: "Signing",
  valid: "Tokens still valid",
};

/** The timeline of next, current, previous and the latest dropped keys. */
export function KeyTimeline({ status }: { status: SigningKeyStatusView }): ReactElement {
  const id = useId();
  const timeline = buildTimeline(status);
  const height = headHeight + timeline.rows.length * rowHeight + 2;
  return (
    <figure>
      <svg
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-description`}
        width="100%"
        height={height}
        className="block overflow-visible"
      >
        <title id={`${id}-title`}>Life of the signing keys</title>
        <desc id={`${id}-description`}>The table after the drawing gives the same facts.</desc>
        <defs>
          <HatchPattern id={`${id}-hatch`} />
        </defs>
        <Axis timeline={timeline} height={height} />
        {timeline.rows.map((row, index) => (
          <svg
            key={row.kid}
            y={headHeight + index * rowHeight}
            width="100%"
            height={rowHeight}
            aria-hidden="true"
            className="overflow-visible"
          >
            <Row row={row} timeline={timeline} hatch={`url(#${id}-hatch)`} />
          </svg>
        ))}
      </svg>
      <figcaption className="mt-3 flex flex-wrap gap-x-5 gap-y-1.5 text-xs text-muted">
        <Legend id={id} />
        <span className="text-faint">
          {timeline.hiddenCount > 0 ? `${timeline.hiddenCount} older not drawn. ` : ""}
          Time is compressed away from now.
        </span>
      </figcaption>
      <FactsTable rows={timeline.rows} serverTime={status.server_time} />
    </figure>
  );
}

function HatchPattern({ id }: { id: string }): ReactElement {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" className="fill-warning-soft" />
      <rect width="2.5" height="6" className="fill-warning" />
    </pattern>
  );
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}

function Axis({ timeline, height }: { timeline: Timeline; height: number }): ReactElement {
  const now = percent(timeline.nowAt);
  return (
    <g className="text-2xs">
      {timeline.ticks.map((tick) => (
        <g key={tick.label}>
          <line x1={percent(tick.at)} x2={percent(tick.at)} y1={headHeight - 4} y2={height} className="stroke-line" />
          <text x={percent(tick.at)} y="11" textAnchor="middle" className="kid fill-faint">
            {tick.label}
          </text>
        </g>
      ))}
      <line x1={now} x2={now} y1={headHeight - 6} y2={height} strokeWidth="1.5" className="stroke-accent" />
      <text x={now} y="11" textAnchor="middle" className="fill-accent-text font-semibold">
        Now
      </text>
    </g>
  );
}

type RowProps = { row: TimelineRow; timeline: Timeline; hatch: string };

function Row({ row, timeline, hatch }: RowProps): ReactElement {
  return (
    <>
      <text
        y="15"
        className="fill-muted stroke-surface text-xs [paint-order:stroke]"
        strokeWidth="5"
        strokeLinejoin="round"
      >
        <tspan className="kid fill-ink font-medium">{shortKid(row.kid)}</tspan>
        <tspan dx="8">{stateNames[row.state]}</tspan>
        <tspan dx="8" className="fill-faint">
          {row.algorithm}
        </tspan>
      </text>
      {row.bars.map((bar) => {
        const start = timeline.place(bar.from);
        const width = Math.max(0.6, timeline.place(bar.to) - start);
        return (
          <Bar
            key={bar.phase}
            phase={bar.phase}
            x={percent(start)}
            width={percent(width)}
            hatch={hatch}
            isDropped={row.state === "dropped"}
          />
        );
      })}
      {row.droppedAt === null ? null : (
        <svg aria-hidden="true" x={percent(timeline.place(row.droppedAt))} y={barTop} className="overflow-visible">
          <path d="M-4 1l8 8M4 1l-8 8" className="stroke-surface" strokeWidth="5" strokeLinecap="round" />
          <path d="M-4 1l8 8M4 1l-8 8" className="stroke-danger-text" strokeWidth="2" strokeLinecap="round" />
        </svg>
      )}
    </>
  );
}

type BarProps = { phase: TimelinePhase; x: string; width: string; hatch: string; isDropped: boolean };

function Bar({ phase, x, width, hatch, isDropped }: BarProps): ReactElement {
  const place = { x, width, y: barTop, height: barHeight, rx: 2 };
  if (phase === "signing") return <rect {...place} className={isDropped ? "fill-control" : "fill-accent"} />;
  if (phase === "valid") return <rect {...place} fill={hatch} className="stroke-warning" strokeWidth="1" />;
  return <rect {...place} className="fill-surface stroke-control" strokeWidth="1.25" strokeDasharray="3 2" />;
}

function Legend({ id }: { id: string }): ReactElement {
  const swatches: { phase: TimelinePhase; label: string }[] = [
    { phase: "published", label: phaseNames.published },
    { phase: "signing", label: phaseNames.signing },
    { phase: "valid", label: phaseNames.valid },
  ];
  return (
    <>
      {swatches.map(({ phase, label }) => (
        <span key={phase} className="inline-flex items-center gap-1.5">
          <svg
            width="22"
            height="10"
            viewBox={`0 ${barTop} 22 ${barHeight}`}
            className="overflow-visible"
            aria-hidden="true"
          >
            <Bar phase={phase} x="0" width="22" hatch={`url(#${id}-hatch)`} isDropped={false} />
          </svg>
          {label}
        </span>
      ))}
      <span className="inline-flex items-center gap-1.5">
        <svg width="10" height="10" viewBox="-5 0 10 10" aria-hidden="true">
          <path d="M-4 1l8 8M4 1l-8 8" className="stroke-danger-text" strokeWidth="2" strokeLinecap="round" />
        </svg>
        Dropped
      </span>
    </>
  );
}

function FactsTable({ rows, serverTime }: { rows: readonly TimelineRow[]; serverTime: string }): ReactElement {
  const instant = (seconds: number): string =>
    formatInstant(new Date(Date.parse(serverTime) + seconds * 1000).toISOString(), true);
  function describePhase(row: TimelineRow, phase: TimelinePhase): string {
    const bar = row.bars.find((candidate) => candidate.phase === phase);
    if (bar === undefined) return "–";
    return `${instant(bar.from)} to ${bar.to === 0 ? "now" : instant(bar.to)}`;
  }
  return (
    <div className="sr-only">
      <table>
        <caption>Life of the signing keys</caption>
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">State</th>
            <th scope="col">Algorithm</th>
            <th scope="col">{phaseNames.published}</th>
            <th scope="col">{phaseNames.signing}</th>
            <th scope="col">{phaseNames.valid}</th>
            <th scope="col">Dropped</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.kid}>
              <th scope="row">{shortKid(row.kid)}</th>
              <td>{stateNames[row.state]}</td>
              <td>{describeAlgorithm(row.algorithm, row.rsa_bits)}</td>
              <td>{describePhase(row, "published")}</td>
              <td>{describePhase(row, "signing")}</td>
              <td>{describePhase(row, "valid")}</td>
              <td>{row.droppedAt === null ? "–" : instant(row.droppedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
