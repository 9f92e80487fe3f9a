/** An answer that several parts of the page show: asked for once, until another is asked for. */
export class Shared<T> {
  private static readonly all: Shared<unknown>[] = [];
  private key: string | null = null;
  private answer: Promise<T> | null = null;
  private stop = new AbortController();

  constructor() {
    Shared.all.push(this as Shared<unknown>);
  }

  /** Has all questions be asked anew: the vault has changed. */
  static forget(): void {
    for (const one of Shared.all) one.key = null;
  }

  /**
   * The answer to a question.
   *
   * @param key what the question is known by: the same key is not asked anew, unless it failed.
   * @param ask asks the server; is aborted when another key is asked for.
   */
  get(key: string, ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.answer && key === this.key) return this.answer;
    this.stop.abort();
    this.stop = new AbortController();
    const answer = ask(this.stop.signal);
    this.key = key;
    this.answer = answer;
    answer.catch(() => {
      if (this.answer === answer) this.answer = null;
    });
    return answer;
  }
}
