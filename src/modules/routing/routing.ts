/** For which application, model and provider: a requested name becomes candidates, in the order to try them. */
import type { Application } from '../../domain/application.ts';
import type { Operation } from '../../domain/dialect.ts';
import type { Route } from '../../domain/route.ts';

export interface Routing {
  /** @throws Refusal `invalid_credential` where the credential's application is gone */
  application(id: string): Application;
  /**
   * Candidates by priority, those of one priority shuffled by weight for this request.
   * @throws Refusal `unknown_model` for a name that is not configured or that the application may not use
   */
  resolve(application: Application, model: string, operation: Operation): readonly Route[];
  /** Names the application may use, sorted. */
  models(application: Application): readonly Route[];
}
