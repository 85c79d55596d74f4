import type { DeployEvent } from "./deploy-host.ts";

/** Shows how far hosts have come, on one line of a terminal that is gone in the end; elsewhere nothing. */
export interface Progress {
  onEvent(host: string, event: DeployEvent): void;
  end(): void;
}

/** The progress of a deploy on a stream, which shows it only where a person sits at a terminal. */
export function terminalProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return { onEvent: () => undefined, end: () => undefined };
  const states = new Map<string, DeployEvent>();
  const show = (text: string): void => void stream.write(`\r\u001b[2K${text.slice(0, stream.columns - 1)}`);
  return {
    onEvent(host, event) {
      states.set(host, event);
      show([...states].map(([name, state]) => `${name} ${state}`).join(" · "));
    },
    end: () => show(""),
  };
}
