/** Furnishes the control plane: each resource's handlers with the rooms that they speak to. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import { administratorHandlers } from '../control-plane/administrators/administrators.ts';
import { accountHandlers } from '../control-plane/account/account.ts';
import { accessHandlers } from '../control-plane/access/access.ts';
import { createAccessExplainer } from '../control-plane/access/access-explainer.ts';
import { alertHandlers } from '../control-plane/alerts/alerts.ts';
import { approvalHandlers } from '../control-plane/approvals/approvals.ts';
import { administrationHandlers } from '../control-plane/administration/administration.ts';
import { configurationTreeHandlers } from '../control-plane/configuration-tree/configuration-tree.ts';
import { contentHandlers } from '../control-plane/content/content.ts';
import { createControlPlane } from '../control-plane/control-plane.ts';
import { contestHandlers } from '../control-plane/contests/contests.ts';
import { credentialHandlers } from '../control-plane/credentials/credentials.ts';
import { demoHandlers } from '../control-plane/demo/demo.ts';
import { guardrailHandlers } from '../control-plane/guardrails/guardrails.ts';
import { limitHandlers } from '../control-plane/limits/limits.ts';
import { interactionHandlers } from '../control-plane/interactions/interactions.ts';
import { metaHandlers } from '../control-plane/meta/meta.ts';
import { modelHandlers } from '../control-plane/models/models.ts';
import { createScim } from '../control-plane/scim/scim.ts';
import { overviewHandlers } from '../control-plane/overview/overview.ts';
import { sessionHandlers } from '../control-plane/session/session.ts';
import { auditHandlers } from '../control-plane/audit/audit.ts';
import { privacyHandlers } from '../control-plane/privacy/privacy.ts';
import { createAuthorization } from '../governance/authorization/authorization.ts';
import type { Idempotency } from '../governance/idempotency/idempotency.ts';
import { signInHandlers } from '../control-plane/sign-in/sign-in.ts';
import { singleSignOnHandlers } from '../control-plane/sign-in/single-sign-on.ts';
import { createCookies } from '../control-plane/sign-in/visitor.ts';
import { tokenHandlers } from '../control-plane/tokens/tokens.ts';
import { workbenchHandlers } from '../control-plane/workbench/workbench.ts';
import type { Activity } from '../governance/activity/activity.ts';
import type { Administrators } from '../governance/administrators/administrators.ts';
import type { Alerts } from '../governance/alerts/alerts.ts';
import type { Monitoring } from '../governance/monitoring/monitoring.ts';
import type { Provisioning } from '../governance/provisioning/provisioning.ts';
import type { Prices } from '../modules/metering/metering.ts';
import { signInSettings } from './administrators.ts';
import { askGateway } from './ask-gateway.ts';
import { auditMeans, privacyMeans, type ProofMeans } from './proof-means.ts';
import { explainFinding } from './explain-finding.ts';
import { createGatekeeper } from './gatekeeper.ts';
import type { Office } from './office.ts';
import { packageDirectory } from '../base/package-directory.ts';
import { packageVersion } from './package-version.ts';
import { PROVIDERS } from './providers.ts';
import { createReplays, type Replays } from './replay/replays.ts';
import { scanRows } from './scan/scan-rows.ts';
import { SCANNERS } from './scanners.ts';
import type { Compiled, Rooms } from './snapshot.ts';

export interface ControlPlaneMeans extends ProofMeans {
  readonly office: Office;
  readonly settings: Settings;
  readonly monitoring: Monitoring;
  readonly activity: Activity;
  readonly rooms: Rooms;
  readonly current: () => Compiled;
  readonly prices: Prices;
  readonly idempotency: Idempotency;
  readonly administrators: Administrators;
  readonly provisioning: Provisioning;
  readonly alerts: Alerts;
  /** Where the gateway listens, once it does. */
  readonly address: () => string;
}

export function furnishControlPlane(means: ControlPlaneMeans): ReturnType<typeof createControlPlane> {
  const { office, settings, monitoring, current, administrators } = means;
  const gatekeeper = createGatekeeper({
    authenticate: administrators.authenticate,
    authorization: createAuthorization({
      tree: () => current().configuration,
      onFault: (error) => monitoring.fault('authorization', error),
    }),
  });
  const replays = createReplays();
  const explainer = createAccessExplainer({
    deciding: () => decidingBy(current()),
    now: office.clock.now,
  });
  const consoleDirectory = join(packageDirectory, 'console', 'dist');
  const scim = createScim({
    gatekeeper,
    provisioning: means.provisioning,
    jsonLimits: jsonLimitsOf(settings),
    onFault: monitoring.fault,
  });
  const controlPlane = createControlPlane({
    gatekeeper,
    idempotency: means.idempotency,
    onFault: monitoring.fault,
    jsonLimits: jsonLimitsOf(settings),
    consoleDirectory: existsSync(consoleDirectory) ? consoleDirectory : undefined,
    handlers: {
      ...accessHandlers({
        configurations: office.configurations,
        explainer,
        examineIssuer: means.rooms.identity.examine,
        append: office.audit.append,
        now: office.clock.now,
      }),
      ...alertHandlers({
        configurations: office.configurations,
        alerts: means.alerts,
        append: office.audit.append,
        now: office.clock.now,
      }),
      ...approvalHandlers({
        approvals: office.approvals,
        audit: office.audit,
        access: () => current().configuration.content_access,
        reach: gatekeeper.reach,
      }),
      ...administrationHandlers(means.activity),
      ...auditHandlers(auditMeans(means)),
      ...configurationTreeHandlers(office.configurations, gatekeeper.reach),
      ...contestHandlers({ contests: office.contests, audit: office.audit }),
      ...credentialHandlers({
        keys: office.keys,
        append: office.audit.append,
        applications: () => new Set(Object.keys(current().configuration.applications)),
        now: office.clock.now,
      }),
      ...contentHandlers({
        audit: office.audit,
        approvals: office.approvals,
        access: () => current().configuration.content_access,
        now: office.clock.now,
      }),
      ...demoHandlers({
        configurations: office.configurations,
        activity: means.activity,
        usage: office.stores.usage,
        append: office.audit.append,
        now: office.clock.now,
        vouch: means.rooms.identity.vouch,
        askGateway: (token, body, signal) => askGateway(means.address(), token, body, signal),
        applications: () => new Set(Object.keys(current().configuration.applications)),
      }),
      ...guardrails(means, replays),
      ...limitHandlers({
        configurations: office.configurations,
        limits: () => current().snapshot.limits,
        usage: office.stores.usage,
        now: office.clock.now,
      }),
      ...interactionHandlers(means.activity),
      ...metaHandlers({
        version: packageVersion(),
        instance: office.instance,
        snapshot: () => current().snapshot.version,
      }),
      ...models(means),
      ...overviewHandlers(means.activity),
      ...privacyHandlers(privacyMeans(means, gatekeeper.reach)),
      ...sessionHandlers({
        gatekeeper,
        end: administrators.end,
        organization: () => current().configuration.organization,
      }),
      ...signIn(means),
      ...workbenchHandlers({
        configuration: () => current().configuration,
        explainer,
        vouch: means.rooms.identity.vouch,
        audit: office.audit,
      }),
    },
  });
  return async (app) => {
    app.addHook('onClose', () => replays.stop());
    await controlPlane(app);
    await scim(app);
  };
}

function jsonLimitsOf({ maxJsonDepth, maxJsonElements }: Settings) {
  return { maxDepth: maxJsonDepth, maxElements: maxJsonElements };
}

function signIn({ administrators, current, rooms, monitoring }: ControlPlaneMeans) {
  const settings = () => signInSettings(current().configuration, rooms.secretOf);
  const publicOrigin = () => settings().publicOrigin;
  const cookies = createCookies({ publicOrigin });
  const onFault = (error: unknown) => monitoring.fault('sign-in', error);
  return {
    ...accountHandlers({ administrators, cookies }),
    ...administratorHandlers({ administrators, cookies }),
    ...signInHandlers({ administrators, settings, cookies }),
    ...singleSignOnHandlers({ administrators, cookies, publicOrigin, onFault }),
    ...tokenHandlers(administrators.account),
  };
}

function decidingBy({ configuration, snapshot }: Compiled) {
  const { routing, policy, gates, limits } = snapshot;
  return { configuration, routing, policy, gates, limits };
}

function guardrails({ office, settings, current }: ControlPlaneMeans, replays: Replays) {
  return guardrailHandlers({
    configurations: office.configurations,
    scanners: SCANNERS,
    rooms: () => ({ ...current().snapshot, explain: explainFinding }),
    scanRows,
    replay: (guardrail, order, reach, signal) =>
      replays.start(
        {
          place: recordPlaceOf(settings),
          masterKeys: office.masterKeys.map((key) => new Uint8Array(key)),
          providers: current().configuration.providers,
          guardrail,
          order,
          reach,
        },
        signal,
      ),
  });
}

function recordPlaceOf({ dataDirectory, keysDirectory, databaseUrl, keysDatabaseUrl }: Settings) {
  return { directory: dataDirectory, keysDirectory, databaseUrl, keysDatabaseUrl };
}

function models({ office, rooms, current, prices, address }: ControlPlaneMeans) {
  return modelHandlers({
    configurations: office.configurations,
    secrets: office.secrets,
    kinds: PROVIDERS,
    append: office.audit.append,
    now: office.clock.now,
    health: rooms.inference.health,
    priceOf(kind, model) {
      const price = prices.find(kind, model);
      return price ? { input: price.input, output: price.output, cachedInput: price.cachedInput } : null;
    },
    vouch: rooms.identity.vouch,
    askGateway: (token, body, signal) => askGateway(address(), token, body, signal),
    applications: () => new Set(Object.keys(current().configuration.applications)),
    read: office.audit.read,
  });
}
