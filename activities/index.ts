import { getCaller } from './access/get-caller';
import { probeAws } from './access/probe-aws';
import type { AwsClients } from './clients';
import { describeContinuousBackups } from './dynamodb/describe-continuous-backups';
import { describeExport } from './dynamodb/describe-export';
import { describeDynamoTable } from './dynamodb/describe-table';
import { findEarlierExport } from './dynamodb/earlier-export';
import { exportTableToPointInTime } from './dynamodb/export-table-to-point-in-time';
import { batchExecuteStatement } from './redshift-data/batch-execute-statement';
import { listExports } from './dynamodb/list-exports';
import { cancelStatement } from './redshift-data/cancel-statement';
import { describeStatement } from './redshift-data/describe-statement';
import { describeTable } from './redshift-data/describe-table';
import { executeStatement } from './redshift-data/execute-statement';
import { findStatement } from './redshift-data/find-statement';
import { findTable } from './redshift-data/find-table';
import { getStatementResult } from './redshift-data/get-statement-result';
import { inspectTable } from './redshift-data/inspect-table';
import { listDatabases } from './redshift-data/list-databases';
import { listSchemas } from './redshift-data/list-schemas';
import { listStatements } from './redshift-data/list-statements';
import { listTables } from './redshift-data/list-tables';
import { showStatement } from './redshift-data/show-statement';
import { convertRecoveryPointToSnapshot } from './redshift-serverless/convert-recovery-point-to-snapshot';
import { getNamespace } from './redshift-serverless/get-namespace';
import { getRecoveryPoint } from './redshift-serverless/get-recovery-point';
import { getSnapshot } from './redshift-serverless/get-snapshot';
import { getTableRestoreStatus } from './redshift-serverless/get-table-restore-status';
import { getWorkgroup } from './redshift-serverless/get-workgroup';
import { listServerlessSources } from './redshift-serverless/list-sources';
import { listRunningServerlessRestores } from './redshift-serverless/list-running-restores';
import { listTableRestoreStatus } from './redshift-serverless/list-table-restore-status';
import { restoreTableFromRecoveryPoint, restoreTableFromSnapshot } from './redshift-serverless/restore-table';
import { copyClusterSnapshot } from './redshift/copy-cluster-snapshot';
import { describeClusterSnapshot } from './redshift/describe-cluster-snapshot';
import { describeCluster } from './redshift/describe-cluster';
import { describeTableRestoreStatus } from './redshift/describe-table-restore-status';
import { listClusterSources } from './redshift/list-cluster-sources';
import { listManualSnapshots } from './redshift/list-manual-snapshots';
import { listRunningRestores } from './redshift/list-running-restores';
import { listTableRestores } from './redshift/list-table-restores';
import { restoreTableFromClusterSnapshot } from './redshift/restore-table-from-cluster-snapshot';
import type { Notifier } from './notify/notifier';
import { postWebhook } from './notify/post-webhook';
import { unknownWebhooks } from './notify/unknown-webhooks';
import { headBucket } from './s3/head-bucket';
import { proveExport } from './s3/prove-export';
import { getTopicAttributes } from './sns/get-topic-attributes';
import { publish } from './sns/publish';

export { observeRequests } from './aws-requests';

/** An AWS call bound to its clients: one object in, one object out. */
/** An AWS call bound to its clients, or another call to what it needs: one object in, one object out. */
const bind =
  <C, I, O>(clients: C, activity: (clients: C, input: I) => Promise<O>) =>
  (input: I): Promise<O> =>
    activity(clients, input);

/** All activities over the given AWS clients and receivers of notifications; workflows see only the type. */
export function createActivities(clients: AwsClients, notifier: Notifier) {
  return {
    copyClusterSnapshot: bind(clients, copyClusterSnapshot),
    describeClusterSnapshot: bind(clients, describeClusterSnapshot),
    restoreTableFromClusterSnapshot: bind(clients, restoreTableFromClusterSnapshot),
    describeTableRestoreStatus: bind(clients, describeTableRestoreStatus),
    listTableRestores: bind(clients, listTableRestores),
    listClusterSources: bind(clients, listClusterSources),
    restoreTableFromRecoveryPoint: bind(clients, restoreTableFromRecoveryPoint),
    restoreTableFromSnapshot: bind(clients, restoreTableFromSnapshot),
    getTableRestoreStatus: bind(clients, getTableRestoreStatus),
    listTableRestoreStatus: bind(clients, listTableRestoreStatus),
    listServerlessSources: bind(clients, listServerlessSources),
    convertRecoveryPointToSnapshot: bind(clients, convertRecoveryPointToSnapshot),
    getRecoveryPoint: bind(clients, getRecoveryPoint),
    getSnapshot: bind(clients, getSnapshot),
    getNamespace: bind(clients, getNamespace),
    getWorkgroup: bind(clients, getWorkgroup),
    executeStatement: bind(clients, executeStatement),
    batchExecuteStatement: bind(clients, batchExecuteStatement),
    describeStatement: bind(clients, describeStatement),
    getStatementResult: bind(clients, getStatementResult),
    cancelStatement: bind(clients, cancelStatement),
    findStatement: bind(clients, findStatement),
    showStatement: bind(clients, showStatement),
    listStatements: bind(clients, listStatements),
    listDatabases: bind(clients, listDatabases),
    listSchemas: bind(clients, listSchemas),
    listTables: bind(clients, listTables),
    describeTable: bind(clients, describeTable),
    findTable: bind(clients, findTable),
    exportTableToPointInTime: bind(clients, exportTableToPointInTime),
    describeExport: bind(clients, describeExport),
    describeCluster: bind(clients, describeCluster),
    listRunningRestores: bind(clients, listRunningRestores),
    listRunningServerlessRestores: bind(clients, listRunningServerlessRestores),
    listManualSnapshots: bind(clients, listManualSnapshots),
    inspectTable: bind(clients, inspectTable),
    describeDynamoTable: bind(clients, describeDynamoTable),
    describeContinuousBackups: bind(clients, describeContinuousBackups),
    headBucket: bind(clients, headBucket),
    listExports: bind(clients, listExports),
    findEarlierExport: bind(clients, findEarlierExport),
    proveExport: bind(clients, proveExport),
    getCaller: bind(clients, getCaller),
    probeAws: bind(clients, probeAws),
    getTopicAttributes: bind(clients, getTopicAttributes),
    publish: bind({ ...clients, ...notifier }, publish),
    postWebhook: bind(notifier, postWebhook),
    unknownWebhooks: bind(notifier, unknownWebhooks),
  };
}

export type Activities = ReturnType<typeof createActivities>;
