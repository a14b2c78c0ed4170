import type { ApiError } from './generated/ApiError';
import type { Commands } from './generated/commands';
import type { Event as HostEvent } from './generated/Event';

export type CommandName = keyof Commands;

/** What the screens need of the program around them: ask it something, and hear of progress. */
export interface Host {
  /** Resolves to the command's result; rejects with an `ApiError`, never with anything else. */
  call<C extends CommandName>(command: C, args: Commands[C]['args']): Promise<Commands[C]['result']>;
  /** Hears every event until the returned function is called. */
  onEvent(handler: (event: HostEvent) => void): Promise<() => void>;
  /** Opens the system's print dialog for the page as it is. */
  print(): Promise<void>;
  /** Shows everything at this size; 1 is as designed. */
  zoom(factor: number): Promise<void>;
}

/**
 * Anything thrown, as an `ApiError`. A host that cannot even answer (it has ended, or a reply is not what
 * was promised) throws other things; their words are for a helper and go under "details".
 */
export function asApiError(thrown: unknown, words: { message: string; advice: string }): ApiError {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && 'advice' in thrown) {
    const error = thrown as Partial<ApiError>;
    if (typeof error.message === 'string' && typeof error.advice === 'string') {
      return {
        code: error.code ?? null,
        message: error.message,
        advice: error.advice,
        details: error.details ?? null,
      };
    }
  }
  const details = thrown instanceof Error ? thrown.message : typeof thrown === 'string' ? thrown : null;
  return { code: null, message: words.message, advice: words.advice, details };
}
