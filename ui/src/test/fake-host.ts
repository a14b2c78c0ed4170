import type { ApiError } from '../lib/api/generated/ApiError';
import type { Commands } from '../lib/api/generated/commands';
import type { Event as HostEvent } from '../lib/api/generated/Event';
import type { CommandName, Host } from '../lib/api/host';

export type Answer<C extends CommandName> = (
  args: Commands[C]['args'],
) => Commands[C]['result'] | Promise<Commands[C]['result']>;
export type Answers = { [C in CommandName]?: Answer<C> };

export function apiError(error: Partial<ApiError> & { message: string }): ApiError {
  return { code: null, advice: '', details: null, ...error };
}

/** An answer that the test gives when it wants to. */
export function pending<T>() {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** A host for tests and the preview: answers what it was told to answer, and remembers what it was asked. */
export class FakeHost implements Host {
  readonly asked: { command: CommandName; args: unknown }[] = [];
  answers: Answers;
  #handlers = new Set<(event: HostEvent) => void>();

  constructor(answers: Answers) {
    this.answers = answers;
  }

  async call<C extends CommandName>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']> {
    this.asked.push({ command, args });
    const answer = this.answers[command] as Answer<C> | undefined;
    if (!answer) throw apiError({ message: `The fake host has no answer to ${command}.` });
    return answer(args);
  }

  onEvent(handler: (event: HostEvent) => void): Promise<() => void> {
    this.#handlers.add(handler);
    return Promise.resolve(() => this.#handlers.delete(handler));
  }

  printed = 0;

  print(): Promise<void> {
    this.printed += 1;
    return Promise.resolve();
  }

  zoomed = 1;

  zoom(factor: number): Promise<void> {
    this.zoomed = factor;
    return Promise.resolve();
  }

  send(event: HostEvent): void {
    for (const handler of this.#handlers) handler(event);
  }

  /** Arguments of every call of a command, oldest first. */
  argsOf<C extends CommandName>(command: C): Commands[C]['args'][] {
    return this.asked.filter((one) => one.command === command).map((one) => one.args as Commands[C]['args']);
  }
}
