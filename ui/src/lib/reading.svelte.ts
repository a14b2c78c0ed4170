import type { ApiError } from './api/generated/ApiError';
import { latest } from './latest';

/** What a screen reads whenever something changes: the newest answer, and why there is no newer one. */
export class Reading<Answer> {
  answer = $state.raw<Answer | null>(null);
  error = $state.raw<ApiError | null>(null);
  #ask = latest();

  /** Waits for an answer. What comes too late, or is about something else than was asked about last, is dropped. */
  async wait(about: string, answer: Promise<Answer>): Promise<void> {
    const wanted = this.#ask(about);
    try {
      const found = await answer;
      if (wanted()) [this.answer, this.error] = [found, null];
    } catch (thrown) {
      if (wanted()) this.error = thrown as ApiError;
    }
  }
}
