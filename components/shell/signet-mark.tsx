// The mark of the product: the octagonal face of a signet ring with an engraved S.
import type { ReactElement } from "react";

type SignetMarkProps = { className?: string };

/** The seal; decorative, so the word "Signet" must stand near it. */
export function SignetMark({ className = "size-7" }: SignetMarkProps): ReactElement {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true" focusable="false">
      <path className="fill-accent" d="M10.2 1.5h11.6l8.7 8.7v11.6l-8.7 8.7H10.2l-8.7-8.7V10.2z" />
      <g className="fill-none stroke-on-accent">
        <path strokeOpacity=".45" strokeWidth="1.25" d="M11.3 4.3h9.4l7 7v9.4l-7 7h-9.4l-7-7v-9.4z" />
        <path
          strokeWidth="2.9"
          strokeLinecap="round"
          d="M20.6 11.8c-.8-1.7-2.5-2.6-4.7-2.6-2.7 0-4.6 1.3-4.6 3.4 0 4.7 9.6 2 9.6 6.8 0 2.2-2 3.5-4.9 3.5-2.4 0-4.2-1-5-2.8"
        />
      </g>
    </svg>
  );
}
