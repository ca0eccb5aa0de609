import { graphql } from './graphql.js';

export const TRIAL_BALANCE = graphql(`
  query ConsoleTrialBalance($asOf: Date) {
    trialBalance(asOf: $asOf) {
      rows {
        type
        debitsFen
        creditsFen
      }
      differenceFen
    }
  }
`);

export const ACCOUNTS = graphql(`
  query ConsoleLedgerAccounts($prefix: String, $asOf: Date, $after: String) {
    ledgerAccounts(prefix: $prefix, asOf: $asOf, after: $after) {
      nodes {
        code
        state
        normalSide
        debitsFen
        creditsFen
        balanceFen
        ownerName
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const ACCOUNT = graphql(`
  query ConsoleLedgerAccount($code: String!) {
    ledgerAccount(code: $code) {
      code
      type
      normalSide
      state
      debitsFen
      creditsFen
      balanceFen
      ownerName
    }
  }
`);

export const MOVEMENTS = graphql(`
  query ConsoleLedgerMovements($code: String!, $after: String) {
    ledgerMovements(code: $code, after: $after) {
      nodes {
        journalId
        kind
        subject
        effectiveAt
        debitedFen
        creditedFen
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const JOURNALS = graphql(`
  query ConsoleJournals($subject: ID!) {
    journals(subject: $subject) {
      id
      kind
      phase
      effectiveAt
      transfers {
        debit
        credit
        debitOwnerName
        creditOwnerName
        amountFen
        reversedFen
      }
    }
  }
`);

export const JOURNAL = graphql(`
  query ConsoleJournal($id: ID!) {
    ledgerJournal(id: $id) {
      id
      idempotencyKey
      kind
      subject
      phase
      pendingJournalId
      reversesJournalId
      eventId
      effectiveAt
      recordedAt
      transfers {
        debit
        credit
        debitOwnerName
        creditOwnerName
        amountFen
        reversedFen
      }
    }
  }
`);

/** With the key that the service says is its own: whoever checks compares it with the one they keep. */
export const JOURNAL_PROOF = graphql(`
  query ConsoleJournalProof($id: ID!) {
    proof: journalProof(journalId: $id) {
      format
      stream
      seq
      leaf
      path
      checkpoint
      key
      qrText
    }
  }
`);

export const SEALS = graphql(`
  query ConsoleSeals {
    sealStatuses {
      stream
      headSeq
      backlog
      latestCheckpoint {
        day
        treeSize
        keyId
      }
    }
    checkpointKeys
  }
`);
