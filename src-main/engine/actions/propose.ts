import type { RiskClass } from '#shared/vocabulary/actions.ts';
import type { SituationFeatures } from '../decisions/situation-features.ts';
import type { PolicyFacts } from '../policies/policy-facts.ts';
import type { ActionEvidence } from './action-rules.ts';
import { type AlarmFamily, familyOf } from './alarm-family.ts';
import { hasWayBack, type Remedy, remediesFor } from './catalogue.ts';

/** What is known of a cluster that may want a remedy. */
export interface ProposalSituation {
  readonly clusterId: string;
  readonly title: string;
  readonly severity: string;
  readonly alarms: number;
  readonly active: number;
  readonly entities: number;
  readonly isEmergencyService: boolean;
  readonly cause: {
    readonly entityId: string;
    readonly entityType: string;
    readonly confidence: number;
    readonly because: string;
  };
  /** Alarms at the cause, else of the cluster: type, probable cause, text; the telling ones first. */
  readonly alarmTexts: readonly {
    readonly alarmType: string;
    readonly probableCause: string | null;
    readonly text: string;
  }[];
  readonly alarmTypes: readonly string[];
  readonly entityTypes: readonly string[];
  readonly region: string;
  /** The forecast of a degradation stands behind it, not a failure. */
  readonly preventive: boolean;
}

/** A remedy for a situation, before it is stored. Its rank is settled by the writer from past decisions. */
export interface Proposal {
  readonly actionId: string;
  readonly clusterId: string;
  readonly entityId: string;
  readonly actionType: string;
  readonly title: string;
  readonly risk: RiskClass;
  readonly facts: PolicyFacts;
  readonly evidence: ActionEvidence;
  readonly rank: number;
}

/** Below this confidence nothing that touches the network is proposed, only work for people who will look. */
export const confidenceToAct = 0.3;
/** At most so many remedies per cluster: a queue of every thinkable remedy helps nobody. */
export const proposalsPerCluster = 3;

const riskOrder: readonly RiskClass[] = ['low', 'medium', 'high'];

/** The risk of a remedy here: one class higher where an emergency service or more than 50 entities would feel it. */
export function riskOf(remedy: Pick<Remedy, 'risk'>, blast: PolicyFacts['blast']): RiskClass {
  const raised = blast.emergency_services > 0 || blast.entities > 50;
  return riskOrder[Math.min(riskOrder.indexOf(remedy.risk) + (raised ? 1 : 0), riskOrder.length - 1)] ?? 'high';
}

/** What kind of trouble the alarms at the cause speak of; the first that tells decides. */
export function familyOfSituation(situation: Pick<ProposalSituation, 'alarmTexts'>): AlarmFamily {
  for (const { alarmType, probableCause, text } of situation.alarmTexts) {
    const family = familyOf(probableCause, alarmType, text);
    if (family !== 'unknown') return family;
  }
  return 'unknown';
}

/** The remedies worth proposing, best first by `rankRemedy`, each with its facts, evidence and features. */
export function proposalsFor(
  situation: ProposalSituation,
  blastOf: (interrupts: boolean) => PolicyFacts['blast'],
  rankRemedy: (remedy: Remedy, features: SituationFeatures) => { readonly rank: number; readonly because: string },
  newId: () => string,
): Proposal[] {
  const family = familyOfSituation(situation);
  const { cause } = situation;
  return remediesFor(family, cause.entityType)
    .filter(({ isRemote }) => !isRemote || cause.confidence >= confidenceToAct)
    .map((remedy): Proposal => {
      const blast = blastOf(remedy.interrupts);
      const risk = riskOf(remedy, blast);
      const features = featuresOf(situation, remedy.type, family);
      const { rank, because } = rankRemedy(remedy, features);
      return {
        actionId: newId(),
        clusterId: situation.clusterId,
        entityId: cause.entityId,
        actionType: remedy.type,
        title: `${remedy.title}: ${cause.entityId}`,
        risk,
        rank,
        facts: {
          action: {
            type: remedy.type,
            risk,
            entity_id: cause.entityId,
            entity_type: cause.entityType,
            region: situation.region,
            reversible: hasWayBack(remedy.type),
            automatic: false,
            preventive: situation.preventive,
          },
          blast,
          cause: { alarm_type: situation.alarmTypes[0] ?? '', confidence: cause.confidence },
          cluster: {
            severity: situation.severity,
            alarms: situation.alarms,
            is_emergency_service: situation.isEmergencyService,
          },
        },
        evidence: {
          cluster_title: situation.title,
          cause: cause.because,
          confidence: cause.confidence,
          family,
          because: [
            `${cause.entityId} is the likely cause (${Math.round(cause.confidence * 100)} %). ${cause.because}`,
            `${situation.alarms} alarms at ${situation.entities} entities, ${situation.active} still standing; they speak of ${family === 'unknown' ? 'nothing that tells a family' : family}.`,
            because,
          ],
          features,
        },
      };
    })
    .toSorted((left, right) => right.rank - left.rank)
    .slice(0, proposalsPerCluster);
}

/** What will be remembered of the situation when somebody decides. */
export function featuresOf(situation: ProposalSituation, actionType: string, family: string): SituationFeatures {
  return {
    action_type: actionType,
    entity_id: situation.cause.entityId,
    entity_type: situation.cause.entityType,
    region: situation.region,
    family,
    severity: situation.severity,
    is_emergency_service: situation.isEmergencyService,
    alarm_types: situation.alarmTypes.slice(0, 12),
    entity_types: situation.entityTypes.slice(0, 12),
    alarms: situation.alarms,
    entities: situation.entities,
    active: situation.active,
  };
}
