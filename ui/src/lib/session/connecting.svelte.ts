import type { ApiError } from '../api/generated/ApiError';
import type { ConnectStage } from '../api/generated/ConnectStage';
import type { ConnectTarget } from '../api/generated/ConnectTarget';
import type { Event as HostEvent } from '../api/generated/Event';
import type { PatientOption } from '../api/generated/PatientOption';
import type { SampleSignIn } from '../api/generated/SampleSignIn';
import { href, type Router } from '../route.svelte';
import { t } from '../words';
import type { Connections } from './connections.svelte';
import type { OpenRecord } from './record.svelte';
import type { Syncs } from './syncs.svelte';
import type { Toasts } from './toasts.svelte';

/** A connection being made: from the choice of a provider to the return from its sign-in page. */
export interface Attempt {
  id: string;
  target: ConnectTarget;
  name: string;
  stage: ConnectStage;
  text: string;
  signInUrl: string | null;
  /** Where the browser ends, when that may have to be pasted here. */
  returnsTo: string | null;
  /** Whose records the sign-in opens, when it has to be said which is meant. */
  patients: PatientOption[];
  sample: SampleSignIn | null;
  error: ApiError | null;
}

/** Signing in to a provider; one at a time. */
export class Connecting {
  attempt = $state.raw<Attempt | null>(null);
  /** What was connected just now, until its list was seen. */
  newest = $state<string | null>(null);
  /** What was last typed to connect to, so that a form that led to an error need not be filled in again. */
  draft: ConnectTarget | null = null;

  constructor(
    private readonly record: OpenRecord,
    private readonly router: Router,
    private readonly connections: Connections,
    private readonly syncs: Syncs,
    private readonly toasts: Toasts,
  ) {}

  /** Signs in to a provider and starts the first sync. Ends at the list of providers, or at the error. */
  async start(target: ConnectTarget, name: string, sample: SampleSignIn | null = null): Promise<void> {
    const person = this.record.person?.id;
    if (!person) return;
    // One that waits elsewhere holds the address that the browser comes back to.
    const before = this.#end();
    const id = crypto.randomUUID();
    this.attempt = {
      id,
      target,
      name,
      stage: 'discovering',
      text: t('ui-connect-looking', { name }),
      signInUrl: null,
      returnsTo: null,
      patients: [],
      sample,
      error: null,
    };
    this.draft = target;
    this.router.go(href('connecting'), { replace: this.router.route.screen === 'connecting' });
    await before;
    if (this.attempt?.id !== id) return;
    try {
      const connection = await this.record.call('connect', { attempt: id, person, target });
      if (this.attempt?.id !== id) return;
      // Its card is there before the list is shown: it takes the focus.
      await this.connections.read();
      this.newest = connection.id;
      if (this.attempt?.id === id) this.attempt = null;
      this.draft = null;
      const done = t('ui-connect-done', { name: connection.name });
      // Who reads something else meanwhile is not taken away from it.
      if (this.router.route.screen === 'connecting') {
        this.toasts.show(done);
        this.router.go(href('providers'), { replace: true });
      } else this.toasts.show(done, { link: { to: href('providers'), words: t('ui-back-providers') } });
      void this.syncs.start(connection.id);
    } catch (thrown) {
      if (this.attempt?.id !== id) return;
      const error = thrown as ApiError;
      this.attempt = { ...this.attempt, error };
      if (error.code === 'cancelled') void this.leave();
    }
  }

  /** The browser's page was lost: a new attempt opens it again with a fresh, unused address. */
  async restart(): Promise<void> {
    if (!this.attempt) return;
    const { target, name, sample } = this.attempt;
    await this.start(target, name, sample);
  }

  /** Gives the attempt up and goes back to where it began. */
  async leave(): Promise<void> {
    const back = this.attempt?.target.is === 'again' ? href('providers') : href('providers', ['add']);
    const ended = this.#end();
    this.router.go(back, { replace: true });
    await ended;
  }

  clear(): void {
    this.draft = null;
    this.newest = null;
    void this.#end();
  }

  heard({
    attempt,
    stage,
    text,
    signInUrl,
    returnsTo,
    patients,
  }: Extract<HostEvent, { is: 'connect' }>): void {
    if (this.attempt?.id !== attempt) return;
    this.attempt = { ...this.attempt, stage, text, signInUrl, returnsTo, patients };
  }

  /** Ends the attempt here at once. The host is told of one that still runs, and its refusal of it is not news. */
  async #end(): Promise<void> {
    const attempt = this.attempt;
    this.attempt = null;
    if (attempt && !attempt.error)
      await this.record.call('cancelConnect', { attempt: attempt.id }).catch(() => undefined);
  }
}
