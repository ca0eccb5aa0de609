import { graphql } from './graphql.js';
import { REFUSED } from './refused.documents.js';

const ALARM = graphql(`
  fragment Alarm on CabinetAlarm {
    id
    cabinetId
    placeName
    countyCode
    kind
    slotCode
    severity
    state
    detail
    beganAt
    occurrenceCount
    endedAt
    escalatedTo
    acknowledgedAt
    acknowledgedByName
  }
`);

export const COUNTERS = graphql(`
  query ConsoleCounters($divisionCode: ID, $box: MapBoxInput) {
    counterMap(divisionCode: $divisionCode, box: $box) {
      totalCount
      operatingCount
      unplacedCount
      counters {
        id
        cabinetId
        name
        countyCode
        longitude
        latitude
        health
        lastHeardAt
        alarmCount
        isOperating
        lastSoldOn
      }
      clusters {
        longitude
        latitude
        count
        troubledCount
      }
      wire {
        isUp
        since
      }
    }
  }
`);

export const COUNTER_COUNTS = graphql(`
  query ConsoleCounterCounts {
    counterBoard {
      countyCode
      builtCount
      openCount
      operatingCount
      idleCount
    }
  }
`);

export const ALARMS = graphql(
  `
    query ConsoleAlarms {
      critical: cabinetAlarms(filter: { isOpen: true, severity: CRITICAL }, first: 40) {
        nodes {
          ...Alarm
        }
        pageInfo {
          hasNextPage
        }
      }
      warnings: cabinetAlarms(filter: { isOpen: true, severity: WARNING }, first: 40) {
        nodes {
          ...Alarm
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  `,
  [ALARM],
);

export const ALARM_CHANGED = graphql(`
  subscription ConsoleAlarmChanged {
    cabinetAlarmChanged {
      id
      placeName
      kind
      severity
      state
    }
  }
`);

export const CABINET = graphql(
  `
    query ConsoleCabinet($id: ID!) {
      cabinet(id: $id) {
        id
        serialNo
        model
        state
        placeName
        address
        countyCode
        operatorName
        registeredAt
        temperatureBand
        link {
          state
          connectedAt
          lastSeenAt
          clockSkewMs
          isClockWrong
          firmwareVersion
          configVersion
        }
        reading {
          takenAt
          deciCelsius
          isDoorOpen
          isMainsOn
          signalDbm
        }
        slots {
          code
          capacity
          locks {
            reason
            detail
            lockedAt
          }
        }
        alarms {
          ...Alarm
        }
      }
    }
  `,
  [ALARM],
);

export const TELEMETRY = graphql(`
  query ConsoleCabinetTelemetry($id: ID!, $from: Date!, $to: Date!) {
    cabinetTelemetry(cabinetId: $id, grain: DAY, from: $from, to: $to) {
      startsAt
      readingCount
      deciCelsiusMin
      deciCelsiusMax
      measuredSeconds
      inBandSeconds
      doorOpenSeconds
      unpoweredSeconds
      offlineSeconds
    }
  }
`);

export const ALARM_ACKNOWLEDGE = graphql(
  `
    mutation ConsoleAlarmAcknowledge($alarmId: ID!) {
      cabinetAlarmAcknowledge(alarmId: $alarmId) {
        __typename
        ... on CabinetAlarmAcknowledgePayload {
          alarm {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);

export const ALARM_RESOLVE = graphql(
  `
    mutation ConsoleAlarmResolve($alarmId: ID!, $note: String!) {
      cabinetAlarmResolve(alarmId: $alarmId, note: $note) {
        __typename
        ... on CabinetAlarmResolvePayload {
          alarm {
            id
          }
        }
        ...Refused
      }
    }
  `,
  [REFUSED],
);
