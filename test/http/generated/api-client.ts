/**
 * Undrop
 * v1
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "/"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {};
export type OperationList = {
    apiVersion: "undrop/v1";
    operations: {
        operation: string;
        summary: string;
        /** Role that may start it */
        role: "viewer" | "operator" | "admin";
        links: {
            /** POST an input here to start a run */
            start: string;
            /** POST the same input here to see what a run would do */
            plan: string;
        };
        /** JSON Schema of the input */
        inputSchema: {
            [key: string]: any;
        };
        examples: {
            [key: string]: {
                summary: string;
                value: any;
            };
        };
    }[];
};
export type Problem = {
    /** urn:undrop:failure: and a type of docs/failures.md or docs/http-api.md */
    "type": string;
    title: string;
    status: number;
    detail: string;
    instance: string;
    /** What to do, in plain words */
    remedy: string;
    requestId: string;
    /** Everything wrong with the input */
    problems?: {
        path: string;
        message: string;
    }[];
    /** How far a connection to Temporal gets */
    checks?: {
        name: string;
        ok: boolean;
        detail: string;
        advice?: string;
    }[];
};
export type CopySnapshotInput = {
    /** The automated snapshot to keep */
    sourceSnapshotIdentifier?: string;
    /** Instead of its name: the newest automated snapshot at or before this moment is kept */
    asOf?: string;
    /** Cluster the snapshot was taken from; needed with asOf, and where IAM policies name clusters */
    sourceSnapshotClusterIdentifier?: string;
    /** Name of the manual copy; made from the source and the run when absent */
    targetSnapshotIdentifier?: string;
    /** Days to keep the manual snapshot: -1 (for ever) or 1 to 3653 */
    manualSnapshotRetentionPeriod?: number;
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type StartedRun = {
    apiVersion: "undrop/v1";
    workflowId: string;
    runId: string;
    links: {
        /** The run in the Temporal UI */
        ui: string;
        /** The run here */
        self: string;
        /** Its events, as Server-Sent Events */
        events: string;
        /** POST here to cancel it */
        cancel: string;
        /** POST here to go on with it after it failed */
        retry: string;
    };
    /** Command of the temporal CLI that shows the same run */
    temporalCommand: string;
    operation: string;
    title: string;
    /** False when there was a run of this id already, which is then the one named here */
    started: boolean;
    reason?: "already running" | "already done";
};
export type KeepRecoveryPointInput = {
    /** Namespace of the recovery point */
    namespaceName: string;
    source: {
        /** Recovery point of the namespace */
        recoveryPointId: string;
    } | {
        /** Moment whose rows are wanted: the newest usable source at or before it is chosen */
        asOf: string;
    };
    /** Name of the snapshot; made from the run when absent */
    snapshotName?: string;
    /** Days to keep the snapshot: -1 (for ever) or 1 to 3653 */
    retentionPeriod?: number;
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type RestoreTableInput = {
    warehouse: {
        /** Provisioned cluster */
        clusterIdentifier: string;
    } | {
        /** Serverless workgroup */
        workgroupName: string;
        /** Its namespace; looked up when absent */
        namespaceName?: string;
    };
    source: {
        /** Snapshot of the same cluster */
        snapshotIdentifier: string;
    } | {
        /** Snapshot of the namespace */
        snapshotName: string;
    } | {
        /** Recovery point of the namespace */
        recoveryPointId: string;
    } | {
        /** Moment whose rows are wanted: the newest usable source at or before it is chosen */
        asOf: string;
    };
    /** The table as it was in the snapshot */
    table: {
        /** Database that holds the table */
        database: string;
        /** Schema that holds the table */
        schema?: string;
        /** The table */
        table: string;
    };
    target?: {
        /** Database of the restored table */
        database?: string;
        /** Schema of the restored table */
        schema?: string;
        /** Name of the restored table; must not exist */
        table?: string;
    };
    /** Names are case sensitive */
    enableCaseSensitiveIdentifier?: boolean;
    /** How to look at the cluster; the worker identity when absent */
    dataApi?: {
        /** Secrets Manager secret with the database login */
        secretArn?: string;
        /** Database user for temporary credentials */
        dbUser?: string;
    };
    /** After a lost answer, how long to let AWS settle before looking whether it was heard */
    settle?: string;
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type VerifyTableInput = {
    warehouse: {
        /** Provisioned cluster */
        clusterIdentifier: string;
    } | {
        /** Serverless workgroup */
        workgroupName: string;
        /** Its namespace; looked up when absent */
        namespaceName?: string;
    };
    /** The table to prove */
    table: {
        /** Database that holds the table */
        database: string;
        /** Schema that holds the table */
        schema?: string;
        /** The table */
        table: string;
    };
    /** L1: how many rows */
    rowCount?: {
        /** Exactly this many rows */
        exactly: number;
    } | {
        /** This many rows or more */
        atLeast: number;
    } | {
        /** This many rows, within the tolerance */
        about: number;
        /** Tolerance in percent of the expected rows */
        tolerancePercent: number;
    } | {
        /** As many rows as this other table has now */
        sameAs: {
            database?: string;
            schema?: string;
            table: string;
        };
    };
    /** L2: columns, types, distribution, sort key */
    structure?: {
        /** The table whose structure is expected */
        sameAs: {
            database?: string;
            schema?: string;
            table: string;
        };
        /** What may differ */
        ignore?: ("types" | "nullability" | "order" | "distribution" | "sort key")[];
    } | {
        columns: {
            name: string;
            /** As in CREATE TABLE; without a length any length will do */
            "type": string;
            /** Whether it may be null; not compared when absent */
            nullable?: boolean;
        }[];
        /** Distribution style; not compared when absent */
        distribution?: string;
        /** Columns of the compound sort key, none for no sort key; not compared when absent */
        sortKey?: string[];
        /** Whether the columns must be in this order; yes when absent */
        ordered?: boolean;
    };
    /** L3: aggregates of each column, and a hash of all rows */
    content?: {
        /** The table whose content is expected */
        sameAs: {
            database?: string;
            schema?: string;
            table: string;
        };
        /** Columns to compare; all when absent */
        columns?: string[];
        /** Column whose values sort the rows into parts; the whole row when absent */
        chunkBy?: string;
        /** Parts to hash the rows in; from the row count when absent */
        chunks?: number;
    };
    /** L4: SQL of your own that must hold */
    assertions?: {
        /** What it claims, in a few words */
        name: string;
        /** One statement that only reads; {table} stands for the table that is proved */
        sql: string;
        /** What it must give: the single value true, or no rows */
        expect: "true" | "no rows";
    }[];
    /** What recordExpectation recorded: its figures, row count and structure */
    expectation?: {
        format: "undrop/expectation/v1";
        table: {
            /** Database that holds the table */
            database: string;
            /** Schema that holds the table */
            schema?: string;
            /** The table */
            table: string;
        };
        recordedAt: string;
        moment?: string;
        rowCount: number;
        columns: {
            name: string;
            "type": string;
            nullable: boolean;
        }[];
        distribution?: string;
        sortKey: string;
        figures: {
            column: string;
            nulls: string;
            distinct?: string;
            min?: string | null;
            max?: string | null;
            sum?: string | null;
        }[];
        rowHash?: {
            columns: string[];
            hash: string;
        };
    };
    /** How to sign in to the database; the worker identity when absent */
    dataApi?: {
        /** Secrets Manager secret with the database login */
        secretArn?: string;
        /** Database user for temporary credentials */
        dbUser?: string;
    };
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type RecordExpectationInput = {
    warehouse: {
        /** Provisioned cluster */
        clusterIdentifier: string;
    } | {
        /** Serverless workgroup */
        workgroupName: string;
        /** Its namespace; looked up when absent */
        namespaceName?: string;
    };
    /** The table whose state is recorded */
    table: {
        /** Database that holds the table */
        database: string;
        /** Schema that holds the table */
        schema?: string;
        /** The table */
        table: string;
    };
    /** What the moment is called, such as "before release 42"; asking again is then another run */
    moment?: string;
    /** Also hash all rows, which reads the whole table once more */
    rowHash?: boolean;
    /** How to sign in to the database; the worker identity when absent */
    dataApi?: {
        /** Secrets Manager secret with the database login */
        secretArn?: string;
        /** Database user for temporary credentials */
        dbUser?: string;
    };
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type ExportTableInput = {
    /** ARN of the table; point-in-time recovery must be on */
    tableArn: string;
    /** Bucket that receives the export */
    s3Bucket: string;
    /** Moment to export; now when absent */
    exportTime?: string;
    /** Idempotency token; from the run when absent */
    clientToken?: string;
    /** Account that owns the bucket; required when it is another account */
    s3BucketOwner?: string;
    /** Prefix of the exported objects */
    s3Prefix?: string;
    /** Encryption of the exported objects */
    s3SseAlgorithm?: "AES256" | "KMS";
    /** KMS key, with KMS encryption */
    s3SseKmsKeyId?: string;
    /** Format of the data files */
    exportFormat?: "DYNAMODB_JSON" | "ION";
    /** Whole table, or changes of a window */
    exportType?: "FULL_EXPORT" | "INCREMENTAL_EXPORT";
    incrementalExportSpecification?: {
        /** Begin of the window, inclusive */
        exportFromTime: string;
        /** End of the window, exclusive; the latest possible when absent */
        exportToTime?: string;
        /** What is exported of each changed item */
        exportViewType?: "NEW_IMAGE" | "NEW_AND_OLD_IMAGES";
    };
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type RecoverTableInput = {
    warehouse: {
        /** Provisioned cluster */
        clusterIdentifier: string;
    } | {
        /** Serverless workgroup */
        workgroupName: string;
        /** Its namespace; looked up when absent */
        namespaceName?: string;
    };
    source: {
        /** Snapshot of the same cluster */
        snapshotIdentifier: string;
    } | {
        /** Snapshot of the namespace */
        snapshotName: string;
    } | {
        /** Recovery point of the namespace */
        recoveryPointId: string;
    } | {
        /** Moment whose rows are wanted: the newest usable source at or before it is chosen */
        asOf: string;
    };
    /** The table that is wrong or gone */
    table: {
        /** Database that holds the table */
        database: string;
        /** Schema that holds the table */
        schema?: string;
        /** The table */
        table: string;
    };
    target?: {
        /** Database of the restored table */
        database?: string;
        /** Schema of the restored table */
        schema?: string;
        /** Name of the restored table; must not exist */
        table?: string;
    };
    /** Names are case sensitive */
    enableCaseSensitiveIdentifier?: boolean;
    /** How to sign in to the database; the worker identity when absent */
    dataApi?: {
        /** Secrets Manager secret with the database login */
        secretArn?: string;
        /** Database user for temporary credentials */
        dbUser?: string;
    };
    /** The copy of an automated snapshot that is made first; false for none. A manual snapshot is not copied */
    copy?: boolean | {
        /** Name of the manual copy */
        targetSnapshotIdentifier?: string;
        /** Days to keep the manual snapshot: -1 (for ever) or 1 to 3653 */
        manualSnapshotRetentionPeriod?: number;
    };
    /** What the restored table must be */
    verify?: {
        /** L1: how many rows */
        rowCount?: {
            /** Exactly this many rows */
            exactly: number;
        } | {
            /** This many rows or more */
            atLeast: number;
        } | {
            /** This many rows, within the tolerance */
            about: number;
            /** Tolerance in percent of the expected rows */
            tolerancePercent: number;
        } | {
            /** As many rows as this other table has now */
            sameAs: {
                database?: string;
                schema?: string;
                table: string;
            };
        };
        /** L2: columns, types, distribution, sort key; as the original where nothing else is said */
        structure?: true | {
            sameAs?: {
                database?: string;
                schema?: string;
                table: string;
            };
            /** What may differ */
            ignore?: ("types" | "nullability" | "order" | "distribution" | "sort key")[];
        } | {
            columns: {
                name: string;
                /** As in CREATE TABLE; without a length any length will do */
                "type": string;
                /** Whether it may be null; not compared when absent */
                nullable?: boolean;
            }[];
            /** Distribution style; not compared when absent */
            distribution?: string;
            /** Columns of the compound sort key, none for no sort key; not compared when absent */
            sortKey?: string[];
            /** Whether the columns must be in this order; yes when absent */
            ordered?: boolean;
        };
        /** L3: aggregates and row hash; as the original where nothing else is said */
        content?: true | {
            sameAs?: {
                database?: string;
                schema?: string;
                table: string;
            };
            /** Columns to compare; all when absent */
            columns?: string[];
            /** Column whose values sort the rows into parts; the whole row when absent */
            chunkBy?: string;
            /** Parts to hash the rows in; from the row count when absent */
            chunks?: number;
        };
        /** L4: SQL of your own that must hold */
        assertions?: {
            /** What it claims, in a few words */
            name: string;
            /** One statement that only reads; {table} stands for the table that is proved */
            sql: string;
            /** What it must give: the single value true, or no rows */
            expect: "true" | "no rows";
        }[];
        /** What recordExpectation recorded: its figures, row count and structure */
        expectation?: {
            format: "undrop/expectation/v1";
            table: {
                /** Database that holds the table */
                database: string;
                /** Schema that holds the table */
                schema?: string;
                /** The table */
                table: string;
            };
            recordedAt: string;
            moment?: string;
            rowCount: number;
            columns: {
                name: string;
                "type": string;
                nullable: boolean;
            }[];
            distribution?: string;
            sortKey: string;
            figures: {
                column: string;
                nulls: string;
                distinct?: string;
                min?: string | null;
                max?: string | null;
                sum?: string | null;
            }[];
            rowHash?: {
                columns: string[];
                hash: string;
            };
        };
    };
    /** A DynamoDB export as the last step */
    "export"?: {
        /** ARN of the table; point-in-time recovery must be on */
        tableArn: string;
        /** Bucket that receives the export */
        s3Bucket: string;
        /** Moment to export; now when absent */
        exportTime?: string;
        /** Idempotency token; from the run when absent */
        clientToken?: string;
        /** Account that owns the bucket; required when it is another account */
        s3BucketOwner?: string;
        /** Prefix of the exported objects */
        s3Prefix?: string;
        /** Encryption of the exported objects */
        s3SseAlgorithm?: "AES256" | "KMS";
        /** KMS key, with KMS encryption */
        s3SseKmsKeyId?: string;
        /** Format of the data files */
        exportFormat?: "DYNAMODB_JSON" | "ION";
        /** Whole table, or changes of a window */
        exportType?: "FULL_EXPORT" | "INCREMENTAL_EXPORT";
        incrementalExportSpecification?: {
            /** Begin of the window, inclusive */
            exportFromTime: string;
            /** End of the window, exclusive; the latest possible when absent */
            exportToTime?: string;
            /** What is exported of each changed item */
            exportViewType?: "NEW_IMAGE" | "NEW_AND_OLD_IMAGES";
        };
        /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
        deadline?: string;
        /** Begin without looking first: what the preflight would have refused, AWS refuses later */
        skipPreflight?: boolean;
    };
    /** After a lost answer, how long to let AWS settle before looking whether it was heard */
    settle?: string;
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type RunQueryInput = {
    warehouse: {
        /** Provisioned cluster */
        clusterIdentifier: string;
    } | {
        /** Serverless workgroup */
        workgroupName: string;
        /** Its namespace; looked up when absent */
        namespaceName?: string;
    };
    /** Database to run it in */
    database: string;
    /** One SQL statement; values as :name parameters */
    sql?: string;
    /** 1 to 40 SQL statements, run in order as a batch */
    sqls?: string[];
    /** Of a batch: one transaction (the default), or each statement committed by itself */
    executionMode?: "TRANSACTION" | "AUTO_COMMIT";
    /** Values of the :name parameters, as text */
    parameters?: {
        name: string;
        value: string;
    }[];
    /** How to sign in to the database; the worker's identity when absent */
    dataApi?: {
        /** Secrets Manager secret with the database login */
        secretArn?: string;
        /** Database user for temporary credentials */
        dbUser?: string;
    };
    /** Name to find the statement by; made from the run when absent */
    statementName?: string;
    /** AWS tells EventBridge when the statement has ended */
    withEvent?: boolean;
    /** So many rows are brought home at most (and one megabyte in all) */
    maxRows?: number;
    /** Longest wait for AWS; passing it fails the run and names what AWS is still doing */
    deadline?: string;
    /** Begin without looking first: what the preflight would have refused, AWS refuses later */
    skipPreflight?: boolean;
    /** Who is told when the run has ended; what becomes of that never changes the outcome */
    notify?: {
        /** The ends that are told: done, failed, cancelled; all of them when absent */
        on?: ("done" | "failed" | "cancelled")[];
        /** Names of the worker's webhooks */
        webhooks?: string[];
        /** ARNs of SNS topics in the worker's region */
        topics?: string[];
        /** How long a receiver that cannot be reached is tried again */
        patience?: string;
    };
};
export type Plan = {
    apiVersion: "undrop/v1";
    operation: string;
    /** Id of the run that the same request would start */
    workflowId: string;
    title: string;
    /** What was looked at before acting, and what it came to */
    findings: {
        /** What was looked at */
        subject: string;
        /** blocking: a run would be refused for it, before anything is begun */
        level: "ok" | "warning" | "blocking";
        text: string;
        remedy?: string;
        /** Type of docs/failures.md that the run would end with */
        failure?: string;
    }[];
    steps: {
        name: string;
        title: string;
        /** Why the run would skip it */
        notNeeded?: string;
        estimateSeconds?: number;
        /** What the estimate is computed from */
        basis?: string;
    }[];
    /** Of all steps that could be estimated */
    estimateSeconds?: number;
    /** True when nothing blocks */
    feasible: boolean;
    links: {
        /** POST the same body here to start the run */
        start: string;
    };
};
export type RunList = {
    apiVersion: "undrop/v1";
    runs: {
        workflowId: string;
        runId: string;
        links: {
            /** The run in the Temporal UI */
            ui: string;
            /** The run here */
            self: string;
            /** Its events, as Server-Sent Events */
            events: string;
            /** POST here to cancel it */
            cancel: string;
            /** POST here to go on with it after it failed */
            retry: string;
        };
        /** Command of the temporal CLI that shows the same run */
        temporalCommand: string;
        operation: string;
        warehouse: string;
        table: string;
        status: string;
        outcome: "running" | "done" | "failed" | "cancelled";
        /** ISO 8601, UTC */
        startedAt: string;
        /** ISO 8601, UTC */
        endedAt?: string;
        /** ISO 8601, UTC */
        scheduledAt?: string;
    }[];
    /** Give it back as cursor for the next page; absent on the last */
    nextCursor?: string;
};
export type Run = {
    apiVersion: "undrop/v1";
    workflowId: string;
    runId: string;
    links: {
        /** The run in the Temporal UI */
        ui: string;
        /** The run here */
        self: string;
        /** Its events, as Server-Sent Events */
        events: string;
        /** POST here to cancel it */
        cancel: string;
        /** POST here to go on with it after it failed */
        retry: string;
    };
    /** Command of the temporal CLI that shows the same run */
    temporalCommand: string;
    operation: string;
    title: string;
    /** Temporal's state of the run */
    status: string;
    outcome: "running" | "done" | "failed" | "cancelled";
    /** ISO 8601, UTC */
    startedAt: string;
    /** ISO 8601, UTC */
    endedAt?: string;
    /** The schedule that started it */
    schedule?: string;
    /** The time for which it was scheduled; its input is about that time */
    scheduledAt?: string;
    input?: any;
    state?: {
        operation: string;
        title: string;
        outcome: "running" | "done" | "failed" | "cancelled";
        /** ISO 8601, UTC */
        startedAt: string;
        /** ISO 8601, UTC */
        endedAt?: string;
        steps: {
            name: string;
            title: string;
            state: "pending" | "running" | "waiting" | "done" | "skipped" | "failed" | "cancelled";
            /** ISO 8601, UTC */
            startedAt?: string;
            /** ISO 8601, UTC */
            endedAt?: string;
            progress?: {
                doneMegaBytes?: number;
                totalMegaBytes?: number;
                etaSeconds?: number;
                awsStatus?: string;
                looks: number;
                [key: string]: any;
            };
            /** ISO 8601, UTC */
            lookedAt?: string;
            /** ISO 8601, UTC */
            nextLookAt?: string;
            /** ISO 8601, UTC */
            waitingSince?: string;
            note?: string;
            [key: string]: any;
        }[];
        timeline: {
            /** ISO 8601, UTC */
            at: string;
            step?: string;
            text: string;
            [key: string]: any;
        }[];
        /** What exists on AWS because of the run */
        aws: {
            kind: string;
            id: string;
            step: string;
            orphaned?: boolean;
            [key: string]: any;
        }[];
        verdicts?: {
            level: string;
            subject: string;
            passed: boolean;
            expected: string;
            actual: string;
            [key: string]: any;
        }[];
        [key: string]: any;
    };
    /** What was made on AWS, from the Event History, while no worker can be asked for the state */
    aws?: {
        kind: string;
        id: string;
        step?: string;
        [key: string]: any;
    }[];
    /** What the operation returned, once it is done */
    result?: any;
    /** Why it did not end well: a type of docs/failures.md, and what to do */
    failure?: {
        "type": string;
        message: string;
        remedy: string;
        exit: number;
        http: number;
    };
    pendingActivities?: {
        activity: string;
        attempt: number;
        lastFailure?: string;
    }[];
    /** The run that this one goes on from, with a changed input */
    retryOf?: {
        workflowId: string;
        runId: string;
    };
    /** Why the view may be old or incomplete */
    notice?: string;
    [key: string]: any;
};
export type RetriedRun = {
    apiVersion: "undrop/v1";
    workflowId: string;
    runId: string;
    links: {
        /** The run in the Temporal UI */
        ui: string;
        /** The run here */
        self: string;
        /** Its events, as Server-Sent Events */
        events: string;
        /** POST here to cancel it */
        cancel: string;
        /** POST here to go on with it after it failed */
        retry: string;
    };
    /** Command of the temporal CLI that shows the same run */
    temporalCommand: string;
    operation: string;
    title: string;
    /** False when nothing was done now: see reason */
    retried: boolean;
    reason?: "dry run" | "already retried";
    /** The execution that is retried */
    "of": {
        workflowId: string;
        runId: string;
    };
    /** First step that is run again */
    "from": string;
    /** Why it has to be run */
    because: string;
    /** Finished steps whose results are kept */
    kept: {
        step: string;
        text: string;
    }[];
    /** Finished steps that are done over, each with the reason */
    steppedBack: {
        step: string;
        why: string;
    }[];
    /** What somebody should know besides */
    notes: string[];
    /** Fields in which the input differs */
    changed?: string[];
};
export type ScheduleInput = {
    id: string;
    /** What is started: restore-table, or restoreTable */
    operation: "copySnapshot" | "keepRecoveryPoint" | "restoreTable" | "verifyTable" | "recordExpectation" | "exportTable" | "recoverTable" | "runQuery" | "copy-snapshot" | "keep-recovery-point" | "restore-table" | "verify-table" | "record-expectation" | "export-table" | "recover-table" | "query";
    /** Input of the operation; texts may have {{scheduled}} templates, asOf is before the scheduled time */
    input: {
        [key: string]: any;
    };
    when: {
        /** Cron expressions, in the time zone of the schedule: "0 2 * * *" */
        cron?: string | string[];
        /** An interval, counted from 1970: 24h is each midnight UTC */
        every?: string;
        /** How long after the begin of each interval */
        offset?: string;
        calendars?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
        /** Times that are left out */
        except?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
    };
    /** Of cron and calendars; UTC when absent */
    timeZone?: string;
    /** Each run begins up to so much later, by chance; none when absent */
    jitter?: string;
    /** When a run is due and the one before still goes on; skip when absent */
    overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all";
    /** After an outage of Temporal, runs that are late by no more are started; 1h when absent */
    catchupWindow?: string;
    /** Pause the schedule when a run fails; false when absent */
    pauseOnFailure?: boolean;
    /** For people: why it is, whom to ask */
    note?: string;
    /** When absent, a change leaves it as it is */
    paused?: boolean;
    /** Nothing before it */
    startAt?: string;
    /** Nothing after it */
    endAt?: string;
    /** So many runs and no more; counted down by Temporal, and set only when it is told by itself */
    remainingActions?: number;
};
export type Schedule = {
    id: string;
    /** What is started: restore-table, or restoreTable */
    operation: "copySnapshot" | "keepRecoveryPoint" | "restoreTable" | "verifyTable" | "recordExpectation" | "exportTable" | "recoverTable" | "runQuery" | "copy-snapshot" | "keep-recovery-point" | "restore-table" | "verify-table" | "record-expectation" | "export-table" | "recover-table" | "query";
    /** Input of the operation; texts may have {{scheduled}} templates, asOf is before the scheduled time */
    input: {
        [key: string]: any;
    };
    when: {
        /** Cron expressions, in the time zone of the schedule: "0 2 * * *" */
        cron?: string | string[];
        /** An interval, counted from 1970: 24h is each midnight UTC */
        every?: string;
        /** How long after the begin of each interval */
        offset?: string;
        calendars?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
        /** Times that are left out */
        except?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
    };
    /** Of cron and calendars; UTC when absent */
    timeZone?: string;
    /** Each run begins up to so much later, by chance; none when absent */
    jitter?: string;
    /** When a run is due and the one before still goes on; skip when absent */
    overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all";
    /** After an outage of Temporal, runs that are late by no more are started; 1h when absent */
    catchupWindow?: string;
    /** Pause the schedule when a run fails; false when absent */
    pauseOnFailure?: boolean;
    /** For people: why it is, whom to ask */
    note?: string;
    /** When absent, a change leaves it as it is */
    paused?: boolean;
    /** Nothing before it */
    startAt?: string;
    /** Nothing after it */
    endAt?: string;
    /** So many runs and no more; counted down by Temporal, and set only when it is told by itself */
    remainingActions?: number;
};
export type ScheduleView = {
    apiVersion: "undrop/v1";
    id: string;
    links: {
        /** The schedule in the Temporal UI */
        ui: string;
        /** The schedule here */
        self: string;
    };
    /** Command of the temporal CLI that shows the same schedule */
    temporalCommand: string;
    operation: string;
    title: string;
    /** When it comes, in words */
    when: string;
    /** What POST and PUT take back */
    definition: Schedule;
    paused: boolean;
    /** The last word about its state: why it was paused or resumed */
    note?: string;
    remainingActions?: number;
    /** The next times, five at most */
    next: string[];
    /** Its newest runs, ten at most */
    runs: {
        workflowId: string;
        runId: string;
        links: {
            /** The run in the Temporal UI */
            ui: string;
            /** The run here */
            self: string;
            /** Its events, as Server-Sent Events */
            events: string;
            /** POST here to cancel it */
            cancel: string;
            /** POST here to go on with it after it failed */
            retry: string;
        };
        /** Command of the temporal CLI that shows the same run */
        temporalCommand: string;
        operation: string;
        warehouse: string;
        table: string;
        status: string;
        outcome: "running" | "done" | "failed" | "cancelled";
        /** ISO 8601, UTC */
        startedAt: string;
        /** ISO 8601, UTC */
        endedAt?: string;
        /** ISO 8601, UTC */
        scheduledAt?: string;
    }[];
    /** Since it was made */
    counts: {
        started: number;
        /** Not started: an outage was longer than the catch-up window */
        missedCatchup: number;
        /** Not started: the run before still went on */
        skippedOverlap: number;
        /** Not started: too many were waiting */
        bufferDropped: number;
        waiting: number;
        running: number;
    };
    /** ISO 8601, UTC */
    createdAt: string;
    /** ISO 8601, UTC */
    updatedAt?: string;
    /** Set of schedules that apply made it with */
    scope?: string;
    notice?: string;
};
export type ScheduleChangesInput = {
    /** What is started: restore-table, or restoreTable */
    operation?: "copySnapshot" | "keepRecoveryPoint" | "restoreTable" | "verifyTable" | "recordExpectation" | "exportTable" | "recoverTable" | "runQuery" | "copy-snapshot" | "keep-recovery-point" | "restore-table" | "verify-table" | "record-expectation" | "export-table" | "recover-table" | "query";
    /** Input of the operation; texts may have {{scheduled}} templates, asOf is before the scheduled time */
    input?: {
        [key: string]: any;
    };
    when?: {
        /** Cron expressions, in the time zone of the schedule: "0 2 * * *" */
        cron?: string | string[];
        /** An interval, counted from 1970: 24h is each midnight UTC */
        every?: string;
        /** How long after the begin of each interval */
        offset?: string;
        calendars?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
        /** Times that are left out */
        except?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
    };
    timeZone?: string | null;
    jitter?: string | null;
    overlap?: ("skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all") | null;
    catchupWindow?: string | null;
    pauseOnFailure?: boolean | null;
    note?: string | null;
    paused?: boolean;
    startAt?: string | null;
    endAt?: string | null;
    remainingActions?: number | null;
};
export type ExportList = {
    exports: {
        exportArn: string;
        /** In AWS's words: IN_PROGRESS, COMPLETED, FAILED */
        exportStatus: string;
        exportType?: string;
        /** ISO 8601; from the ARN, whose id begins with it */
        startedAt?: string;
    }[];
    /** Give it back as pageToken for the next page; absent on the last */
    nextPageToken?: string;
};
export type Export = {
    exportArn: string;
    /** In AWS's words: IN_PROGRESS, COMPLETED, FAILED */
    exportStatus: string;
    tableArn?: string;
    s3Bucket?: string;
    s3Prefix?: string;
    /** Key of the manifest in the bucket */
    exportManifest?: string;
    /** Moment whose items it holds */
    exportTime?: string;
    /** ISO 8601 */
    startTime?: string;
    /** ISO 8601 */
    endTime?: string;
    clientToken?: string;
    exportFormat?: string;
    exportType?: string;
    /** Of an incremental export */
    exportFromTime?: string;
    /** Of an incremental export */
    exportToTime?: string;
    /** Of an incremental export */
    exportViewType?: string;
    s3BucketOwner?: string;
    s3SseAlgorithm?: string;
    s3SseKmsKeyId?: string;
    itemCount?: number;
    billedSizeBytes?: number;
    failureCode?: string;
    failureMessage?: string;
};
export type AwsAccess = {
    /** Of the worker's code */
    version: string;
    caller: {
        region?: string;
        account?: string;
        arn?: string;
        refusal?: {
            "type": string;
            message: string;
            remedy: string;
        };
        clock?: {
            awsTime: string;
            /** The worker's time halfway between question and answer */
            workerTime: string;
        };
    };
    /** None when AWS does not know the caller */
    probes: {
        action: "redshift:DescribeClusters" | "redshift:DescribeClusterSnapshots" | "redshift:DescribeTableRestoreStatus" | "redshift-serverless:ListSnapshots" | "redshift-serverless:ListRecoveryPoints" | "redshift-serverless:ListTableRestoreStatus" | "redshift-data:ListStatements" | "dynamodb:ListExports" | "s3:ListBucket";
        /** Absent when AWS answered */
        refusal?: {
            "type": string;
            message: string;
            remedy: string;
        };
    }[];
    /** When the look-up began, by the clock of the Temporal server */
    temporalTime: string;
};
export type SourceList = {
    /** Cluster or namespace */
    "of": string;
    /** Newest first */
    sources: {
        source: {
            snapshotIdentifier: string;
        } | {
            snapshotName: string;
        } | {
            recoveryPointId: string;
        };
        kind: "automated snapshot" | "manual snapshot" | "serverless snapshot" | "recovery point";
        /** Cluster or namespace it was taken from */
        "of": string;
        status: string;
        usable: boolean;
        /** The moment whose rows it holds */
        createdAt: string;
        /** When AWS deletes it; absent when it is kept for ever, or AWS does not say */
        expiresAt?: string;
        sizeMegaBytes?: number;
        /** Since the moment whose rows it holds */
        ageSeconds: number;
        /** Until AWS deletes it; absent when it is kept for ever, or AWS does not say */
        remainingSeconds?: number;
        /** Why nothing can be restored from it now */
        problem?: string;
        /** It is what asOf would choose */
        chosen?: true;
    }[];
    /** What a run told this moment would choose, and why nothing else */
    choice?: {
        /** ISO 8601 */
        asOf: string;
        chosen?: {
            source: {
                snapshotIdentifier: string;
            } | {
                snapshotName: string;
            } | {
                recoveryPointId: string;
            };
            kind: "automated snapshot" | "manual snapshot" | "serverless snapshot" | "recovery point";
            /** Cluster or namespace it was taken from */
            "of": string;
            status: string;
            usable: boolean;
            /** The moment whose rows it holds */
            createdAt: string;
            /** When AWS deletes it; absent when it is kept for ever, or AWS does not say */
            expiresAt?: string;
            sizeMegaBytes?: number;
        };
        /** Between the moment asked for and the moment the chosen source holds */
        ageSeconds?: number;
        rejected: {
            source: {
                snapshotIdentifier: string;
            } | {
                snapshotName: string;
            } | {
                recoveryPointId: string;
            };
            kind: "automated snapshot" | "manual snapshot" | "serverless snapshot" | "recovery point";
            /** ISO 8601 */
            createdAt: string;
            reason: string;
        }[];
    };
};
export type DatabaseList = {
    databases: string[];
    /** Give it back as pageToken for the next page; absent on the last */
    nextPageToken?: string;
};
export type SchemaList = {
    schemas: string[];
    /** Give it back as pageToken for the next page; absent on the last */
    nextPageToken?: string;
};
export type TableList = {
    tables: {
        schema: string;
        name: string;
        /** In AWS's words: TABLE, VIEW, SYSTEM TABLE, GLOBAL TEMPORARY … */
        "type": string;
    }[];
    /** Give it back as pageToken for the next page; absent on the last */
    nextPageToken?: string;
};
export type TableDescription = {
    table: {
        database: string;
        schema: string;
        table: string;
    };
    /** In the order of the table */
    columns: {
        name: string;
        typeName: string;
        nullable?: boolean;
        /** Characters or bytes of a text type */
        length?: number;
        precision?: number;
        scale?: number;
        columnDefault?: string;
        isCaseSensitive?: boolean;
        isSigned?: boolean;
    }[];
};
export type StatementList = {
    /** The newest first */
    statements: {
        id: string;
        /** In AWS's words: SUBMITTED, PICKED, STARTED, FINISHED, ABORTED, FAILED */
        status: string;
        statementName?: string;
        /** Its SQL, cut */
        sql: string;
        /** Statements of a batch */
        batchOf?: number;
        /** ISO 8601 */
        createdAt?: string;
        /** ISO 8601 */
        updatedAt?: string;
        secretArn?: string;
    }[];
    /** Give it back as pageToken for the next page; absent on the last */
    nextPageToken?: string;
};
export type Statement = {
    id: string;
    /** In AWS's words: SUBMITTED, PICKED, STARTED, FINISHED, ABORTED, FAILED */
    status: string;
    error?: string;
    queryString?: string;
    /** ISO 8601 */
    createdAt?: string;
    /** ISO 8601 */
    updatedAt?: string;
    durationNanoseconds?: number;
    hasResultSet?: boolean;
    resultRows?: number;
    resultSizeBytes?: number;
    redshiftQueryId?: number;
    redshiftQueryUuid?: string;
    clusterIdentifier?: string;
    workgroupName?: string;
    database?: string;
    dbUser?: string;
    secretArn?: string;
    queryParameters?: {
        name: string;
        value: string;
    }[];
    redshiftPid?: number;
    resultFormat?: string;
    sessionId?: string;
    executionMode?: string;
    /** Those of a batch */
    subStatements?: {
        id: string;
        /** In AWS's words: SUBMITTED, PICKED, STARTED, FINISHED, ABORTED, FAILED */
        status: string;
        error?: string;
        queryString?: string;
        /** ISO 8601 */
        createdAt?: string;
        /** ISO 8601 */
        updatedAt?: string;
        durationNanoseconds?: number;
        hasResultSet?: boolean;
        resultRows?: number;
        resultSizeBytes?: number;
        redshiftQueryId?: number;
        redshiftQueryUuid?: string;
    }[];
};
export type StatementRows = {
    columns: {
        name: string;
        typeName: string;
    }[];
    /** Values in the order of columns; binary ones as base64 */
    rows: (string | number | boolean | null)[][];
    /** Rows that AWS has of it */
    totalRows: number;
    /** True when AWS has more rows than are here */
    truncated: boolean;
    /** Present when an integer is beyond 2^53 and was rounded: cast such columns to varchar */
    rounded?: true;
};
export type StatementCancelled = {
    /** False when it had ended already */
    cancelled: boolean;
};
/**
 * List what can be started, with the JSON Schema of each input and examples
 */
export function listOperations(opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: OperationList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/operations", {
        ...opts
    });
}
/**
 * Keep an automated Redshift snapshot as a manual one
 */
export function copySnapshot(copySnapshotInput: CopySnapshotInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/copy-snapshot${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: copySnapshotInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Keep a serverless recovery point as a snapshot
 */
export function keepRecoveryPoint(keepRecoveryPointInput: KeepRecoveryPointInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/keep-recovery-point${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: keepRecoveryPointInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Restore one table from a snapshot, under a new name
 */
export function restoreTable(restoreTableInput: RestoreTableInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/restore-table${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: restoreTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Prove a table through the Redshift Data API
 */
export function verifyTable(verifyTableInput: VerifyTableInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/verify-table${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: verifyTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Record what a table is now, for a later proof
 */
export function recordExpectation(recordExpectationInput: RecordExpectationInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/record-expectation${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: recordExpectationInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Export a DynamoDB table to S3 and check what arrived
 */
export function exportTable(exportTableInput: ExportTableInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/export-table${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: exportTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Copy the snapshot, restore the table, verify it, export
 */
export function recoverTable(recoverTableInput: RecoverTableInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/recover-table${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: recoverTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Run SQL through the Redshift Data API and bring the rows home
 */
export function runQuery(runQueryInput: RunQueryInput, { again, idempotencyKey }: {
    again?: "true" | "false";
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StartedRun;
    } | {
        status: 202;
        data: StartedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/query${QS.query(QS.explode({
        again
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body: runQueryInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Keep an automated Redshift snapshot as a manual one
 */
export function planCopySnapshot(copySnapshotInput: CopySnapshotInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/copy-snapshot/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: copySnapshotInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Keep a serverless recovery point as a snapshot
 */
export function planKeepRecoveryPoint(keepRecoveryPointInput: KeepRecoveryPointInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/keep-recovery-point/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: keepRecoveryPointInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Restore one table from a snapshot, under a new name
 */
export function planRestoreTable(restoreTableInput: RestoreTableInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/restore-table/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: restoreTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Prove a table through the Redshift Data API
 */
export function planVerifyTable(verifyTableInput: VerifyTableInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/verify-table/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: verifyTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Record what a table is now, for a later proof
 */
export function planRecordExpectation(recordExpectationInput: RecordExpectationInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/record-expectation/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: recordExpectationInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Export a DynamoDB table to S3 and check what arrived
 */
export function planExportTable(exportTableInput: ExportTableInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/export-table/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: exportTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Copy the snapshot, restore the table, verify it, export
 */
export function planRecoverTable(recoverTableInput: RecoverTableInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/recover-table/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: recoverTableInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * Plan: Run SQL through the Redshift Data API and bring the rows home
 */
export function planRunQuery(runQueryInput: RunQueryInput, { idempotencyKey }: {
    idempotencyKey?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Plan;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/query/plan", oazapfts.json({
        ...opts,
        method: "POST",
        body: runQueryInput,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Idempotency-Key": idempotencyKey
        })
    }));
}
/**
 * List runs: those that run, the newest first, then those that ended, the last first
 */
export function listRuns({ operation, outcome, status, warehouse, table, target, since, until, schedule, idPrefix, limit, cursor }: {
    operation?: "copy-snapshot" | "keep-recovery-point" | "restore-table" | "verify-table" | "record-expectation" | "export-table" | "recover-table" | "query";
    outcome?: "running" | "done" | "failed" | "cancelled";
    status?: "running" | "paused" | "completed" | "failed" | "cancelled" | "terminated" | "timed out";
    warehouse?: string;
    table?: string;
    target?: string;
    since?: string;
    until?: string;
    schedule?: string;
    idPrefix?: string;
    limit?: string;
    cursor?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: RunList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/runs${QS.query(QS.explode({
        operation,
        outcome,
        status,
        warehouse,
        table,
        target,
        since,
        until,
        schedule,
        idPrefix,
        limit,
        cursor
    }))}`, {
        ...opts
    });
}
/**
 * Show a run: steps, timeline, AWS ids, verdicts, failure and remedy
 */
export function showRun(id: string, { runId }: {
    runId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Run;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/runs/${encodeURIComponent(id)}${QS.query(QS.explode({
        runId
    }))}`, {
        ...opts
    });
}
/**
 * Ask a run to stop; what AWS cannot stop is listed with the run
 */
export function cancelRun(id: string, body?: {
    /** Shown in the history of the run */
    reason?: string;
}, { runId }: {
    runId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: Run;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/runs/${encodeURIComponent(id)}/cancel${QS.query(QS.explode({
        runId
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Go on with a run from the step that failed; finished steps are kept
 */
export function retryRun(id: string, body?: {
    /** Step to go on from; the one that failed when absent */
    "from"?: string;
    /** Changed fields of the input by their dotted path, null takes one away: a new run goes on */
    "with"?: {
        [key: string]: any;
    };
    /** Tell from where and what is kept, and do nothing */
    dryRun?: boolean;
}, { runId }: {
    runId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: RetriedRun;
    } | {
        status: 202;
        data: RetriedRun;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/runs/${encodeURIComponent(id)}/retry${QS.query(QS.explode({
        runId
    }))}`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Follow a run as Server-Sent Events until it ends
 */
export function watchRun(id: string, { runId, lastEventId }: {
    runId?: string;
    lastEventId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: string;
    } | {
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/runs/${encodeURIComponent(id)}/events${QS.query(QS.explode({
        runId
    }))}`, {
        ...opts,
        headers: oazapfts.mergeHeaders(opts?.headers, {
            "Last-Event-Id": lastEventId
        })
    });
}
/**
 * List the schedules, with the next time and the newest run of each
 */
export function listSchedules({ operation, warehouse, table, scope }: {
    operation?: "copy-snapshot" | "keep-recovery-point" | "restore-table" | "verify-table" | "record-expectation" | "export-table" | "recover-table" | "query";
    warehouse?: string;
    table?: string;
    scope?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            apiVersion: "undrop/v1";
            schedules: {
                id: string;
                links: {
                    /** The schedule in the Temporal UI */
                    ui: string;
                    /** The schedule here */
                    self: string;
                };
                /** Command of the temporal CLI that shows the same schedule */
                temporalCommand: string;
                operation: string;
                warehouse: string;
                table: string;
                when: string;
                paused: boolean;
                note?: string;
                /** ISO 8601, UTC */
                next?: string;
                last?: {
                    workflowId: string;
                    runId: string;
                    links: {
                        /** The run in the Temporal UI */
                        ui: string;
                        /** The run here */
                        self: string;
                        /** Its events, as Server-Sent Events */
                        events: string;
                        /** POST here to cancel it */
                        cancel: string;
                        /** POST here to go on with it after it failed */
                        retry: string;
                    };
                    /** Command of the temporal CLI that shows the same run */
                    temporalCommand: string;
                    operation: string;
                    warehouse: string;
                    table: string;
                    status: string;
                    outcome: "running" | "done" | "failed" | "cancelled";
                    /** ISO 8601, UTC */
                    startedAt: string;
                    /** ISO 8601, UTC */
                    endedAt?: string;
                    /** ISO 8601, UTC */
                    scheduledAt?: string;
                };
                scope?: string;
            }[];
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules${QS.query(QS.explode({
        operation,
        warehouse,
        table,
        scope
    }))}`, {
        ...opts
    });
}
/**
 * Make a schedule
 */
export function createSchedule(scheduleInput: ScheduleInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ScheduleView;
    } | {
        status: 201;
        data: ScheduleView;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/schedules", oazapfts.json({
        ...opts,
        method: "POST",
        body: scheduleInput
    }));
}
/**
 * Show a schedule: when it comes, its last runs, what was skipped or missed
 */
export function showSchedule(id: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ScheduleView;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}`, {
        ...opts
    });
}
/**
 * Make a schedule as defined: created, changed, or left alone when it is so already
 */
export function putSchedule(id: string, body: {
    /** What is started: restore-table, or restoreTable */
    operation: "copySnapshot" | "keepRecoveryPoint" | "restoreTable" | "verifyTable" | "recordExpectation" | "exportTable" | "recoverTable" | "runQuery" | "copy-snapshot" | "keep-recovery-point" | "restore-table" | "verify-table" | "record-expectation" | "export-table" | "recover-table" | "query";
    /** Input of the operation; texts may have {{scheduled}} templates, asOf is before the scheduled time */
    input: {
        [key: string]: any;
    };
    when: {
        /** Cron expressions, in the time zone of the schedule: "0 2 * * *" */
        cron?: string | string[];
        /** An interval, counted from 1970: 24h is each midnight UTC */
        every?: string;
        /** How long after the begin of each interval */
        offset?: string;
        calendars?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
        /** Times that are left out */
        except?: {
            /** 0 when absent */
            second?: string | number;
            /** 0 when absent */
            minute?: string | number;
            /** 0 when absent */
            hour?: string | number;
            /** Every one when absent */
            dayOfMonth?: string | number;
            /** Every one when absent */
            month?: string | number;
            /** Every one when absent; 0 and 7 are Sunday */
            dayOfWeek?: string | number;
            /** Every one when absent */
            year?: string | number;
        }[];
    };
    /** Of cron and calendars; UTC when absent */
    timeZone?: string;
    /** Each run begins up to so much later, by chance; none when absent */
    jitter?: string;
    /** When a run is due and the one before still goes on; skip when absent */
    overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all";
    /** After an outage of Temporal, runs that are late by no more are started; 1h when absent */
    catchupWindow?: string;
    /** Pause the schedule when a run fails; false when absent */
    pauseOnFailure?: boolean;
    /** For people: why it is, whom to ask */
    note?: string;
    /** When absent, a change leaves it as it is */
    paused?: boolean;
    /** Nothing before it */
    startAt?: string;
    /** Nothing after it */
    endAt?: string;
    /** So many runs and no more; counted down by Temporal, and set only when it is told by itself */
    remainingActions?: number;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            /** None when it was so already */
            changes: {
                field: string;
                before?: any;
                after?: any;
            }[];
            schedule: ScheduleView;
        };
    } | {
        status: 201;
        data: {
            /** None when it was so already */
            changes: {
                field: string;
                before?: any;
                after?: any;
            }[];
            schedule: ScheduleView;
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}`, oazapfts.json({
        ...opts,
        method: "PUT",
        body
    }));
}
/**
 * Change what is given and nothing else; null takes a member back to its default
 */
export function updateSchedule(id: string, scheduleChangesInput: ScheduleChangesInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            /** None when it was so already */
            changes: {
                field: string;
                before?: any;
                after?: any;
            }[];
            schedule: ScheduleView;
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: scheduleChangesInput
    }));
}
/**
 * Remove a schedule; its runs are not affected
 */
export function deleteSchedule(id: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 204;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}`, {
        ...opts,
        method: "DELETE"
    });
}
/**
 * Start no runs until it is resumed
 */
export function pauseSchedule(id: string, body?: {
    /** Why, for whoever finds it so */
    note?: string;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ScheduleView;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}/pause`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Start runs again
 */
export function resumeSchedule(id: string, body?: {
    /** Why, for whoever finds it so */
    note?: string;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ScheduleView;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}/resume`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Start a run now; its scheduled time is now
 */
export function triggerSchedule(id: string, body?: {
    /** When a run goes on; the schedule's own when absent */
    overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all";
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: {
            apiVersion: "undrop/v1";
            id: string;
            links: {
                /** The schedule in the Temporal UI */
                ui: string;
                /** The schedule here */
                self: string;
            };
            /** Command of the temporal CLI that shows the same schedule */
            temporalCommand: string;
            run?: {
                workflowId: string;
                runId: string;
                links: {
                    ui: string;
                    self: string;
                };
            };
            /** It waits for the run before it */
            waiting: boolean;
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}/trigger`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Start the runs of times that have passed; those that are done or go on are left out
 */
export function backfillSchedule(id: string, body: {
    /** The first time that may be meant; ISO */
    "from": string;
    /** The last one; not in the future */
    to: string;
    /** buffer-all when absent: one after the other */
    overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all";
    /** Only tell what would be started */
    dryRun?: boolean;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 202;
        data: {
            apiVersion: "undrop/v1";
            id: string;
            links: {
                /** The schedule in the Temporal UI */
                ui: string;
                /** The schedule here */
                self: string;
            };
            /** Command of the temporal CLI that shows the same schedule */
            temporalCommand: string;
            overlap: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "terminate-other" | "allow-all";
            dryRun: boolean;
            times: {
                /** ISO 8601, UTC */
                scheduledAt: string;
                workflowId: string;
                /** False: it was done before, or goes on */
                starts: boolean;
                /** How the run of this time stood before */
                before?: string;
            }[];
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schedules/${encodeURIComponent(id)}/backfill`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * Make many schedules as defined, and with prune remove those of their set that are not among them
 */
export function applySchedules(body: {
    /** Definitions, as POST /v1/schedules takes them */
    schedules: any[];
    /** Name of the set that these schedules are */
    scope?: string;
    /** Delete those that apply made with this set and that are not in it */
    prune?: boolean;
    /** Only tell what would be done */
    dryRun?: boolean;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: {
            apiVersion: "undrop/v1";
            scope?: string;
            dryRun: boolean;
            schedules: {
                id: string;
                action: "create" | "change" | "unchanged" | "delete";
                changes: {
                    field: string;
                    before?: any;
                    after?: any;
                }[];
                when?: string;
                next?: string[];
            }[];
        };
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>("/v1/schedules/apply", oazapfts.json({
        ...opts,
        method: "POST",
        body
    }));
}
/**
 * List exports
 */
export function listExports({ tableArn, limit, pageToken }: {
    tableArn?: string;
    limit?: number;
    pageToken?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: ExportList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/exports${QS.query(QS.explode({
        tableArn,
        limit,
        pageToken
    }))}`, {
        ...opts
    });
}
/**
 * Show an export
 */
export function showExport(exportArn: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Export;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/export${QS.query(QS.explode({
        exportArn
    }))}`, {
        ...opts
    });
}
/**
 * Look at AWS with the eyes of the worker
 */
export function awsAccess({ bucket }: {
    bucket?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: AwsAccess;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/aws-access${QS.query(QS.explode({
        bucket
    }))}`, {
        ...opts
    });
}
/**
 * List what can be restored from
 */
export function listSources({ warehouseClusterIdentifier, warehouseWorkgroupName, warehouseNamespaceName, asOf }: {
    warehouseClusterIdentifier?: string;
    warehouseWorkgroupName?: string;
    warehouseNamespaceName?: string;
    asOf?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: SourceList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/sources${QS.query(QS.explode({
        "warehouse.clusterIdentifier": warehouseClusterIdentifier,
        "warehouse.workgroupName": warehouseWorkgroupName,
        "warehouse.namespaceName": warehouseNamespaceName,
        asOf
    }))}`, {
        ...opts
    });
}
/**
 * List databases
 */
export function listDatabases({ warehouseClusterIdentifier, warehouseWorkgroupName, warehouseNamespaceName, database, dataApiSecretArn, dataApiDbUser, limit, pageToken }: {
    warehouseClusterIdentifier?: string;
    warehouseWorkgroupName?: string;
    warehouseNamespaceName?: string;
    database?: string;
    dataApiSecretArn?: string;
    dataApiDbUser?: string;
    limit?: number;
    pageToken?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: DatabaseList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/databases${QS.query(QS.explode({
        "warehouse.clusterIdentifier": warehouseClusterIdentifier,
        "warehouse.workgroupName": warehouseWorkgroupName,
        "warehouse.namespaceName": warehouseNamespaceName,
        database,
        "dataApi.secretArn": dataApiSecretArn,
        "dataApi.dbUser": dataApiDbUser,
        limit,
        pageToken
    }))}`, {
        ...opts
    });
}
/**
 * List schemas
 */
export function listSchemas(database: string, { warehouseClusterIdentifier, warehouseWorkgroupName, warehouseNamespaceName, dataApiSecretArn, dataApiDbUser, connectedDatabase, schemaPattern, limit, pageToken }: {
    warehouseClusterIdentifier?: string;
    warehouseWorkgroupName?: string;
    warehouseNamespaceName?: string;
    dataApiSecretArn?: string;
    dataApiDbUser?: string;
    connectedDatabase?: string;
    schemaPattern?: string;
    limit?: number;
    pageToken?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: SchemaList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/schemas${QS.query(QS.explode({
        "warehouse.clusterIdentifier": warehouseClusterIdentifier,
        "warehouse.workgroupName": warehouseWorkgroupName,
        "warehouse.namespaceName": warehouseNamespaceName,
        database,
        "dataApi.secretArn": dataApiSecretArn,
        "dataApi.dbUser": dataApiDbUser,
        connectedDatabase,
        schemaPattern,
        limit,
        pageToken
    }))}`, {
        ...opts
    });
}
/**
 * List tables
 */
export function listTables(database: string, { warehouseClusterIdentifier, warehouseWorkgroupName, warehouseNamespaceName, dataApiSecretArn, dataApiDbUser, connectedDatabase, schemaPattern, tablePattern, limit, pageToken }: {
    warehouseClusterIdentifier?: string;
    warehouseWorkgroupName?: string;
    warehouseNamespaceName?: string;
    dataApiSecretArn?: string;
    dataApiDbUser?: string;
    connectedDatabase?: string;
    schemaPattern?: string;
    tablePattern?: string;
    limit?: number;
    pageToken?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: TableList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/tables${QS.query(QS.explode({
        "warehouse.clusterIdentifier": warehouseClusterIdentifier,
        "warehouse.workgroupName": warehouseWorkgroupName,
        "warehouse.namespaceName": warehouseNamespaceName,
        database,
        "dataApi.secretArn": dataApiSecretArn,
        "dataApi.dbUser": dataApiDbUser,
        connectedDatabase,
        schemaPattern,
        tablePattern,
        limit,
        pageToken
    }))}`, {
        ...opts
    });
}
/**
 * Describe a table
 */
export function describeTable(tableDatabase: string, tableTable: string, { warehouseClusterIdentifier, warehouseWorkgroupName, warehouseNamespaceName, tableSchema, dataApiSecretArn, dataApiDbUser, connectedDatabase }: {
    warehouseClusterIdentifier?: string;
    warehouseWorkgroupName?: string;
    warehouseNamespaceName?: string;
    tableSchema?: string;
    dataApiSecretArn?: string;
    dataApiDbUser?: string;
    connectedDatabase?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: TableDescription;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/table${QS.query(QS.explode({
        "warehouse.clusterIdentifier": warehouseClusterIdentifier,
        "warehouse.workgroupName": warehouseWorkgroupName,
        "warehouse.namespaceName": warehouseNamespaceName,
        "table.database": tableDatabase,
        "table.schema": tableSchema,
        "table.table": tableTable,
        "dataApi.secretArn": dataApiSecretArn,
        "dataApi.dbUser": dataApiDbUser,
        connectedDatabase
    }))}`, {
        ...opts
    });
}
/**
 * List statements
 */
export function listStatements({ statementName, status, roleLevel, warehouseClusterIdentifier, warehouseWorkgroupName, warehouseNamespaceName, database, limit, pageToken }: {
    statementName?: string;
    status?: "SUBMITTED" | "PICKED" | "STARTED" | "FINISHED" | "ABORTED" | "FAILED" | "ALL";
    roleLevel?: boolean;
    warehouseClusterIdentifier?: string;
    warehouseWorkgroupName?: string;
    warehouseNamespaceName?: string;
    database?: string;
    limit?: number;
    pageToken?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StatementList;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/statements${QS.query(QS.explode({
        statementName,
        status,
        roleLevel,
        "warehouse.clusterIdentifier": warehouseClusterIdentifier,
        "warehouse.workgroupName": warehouseWorkgroupName,
        "warehouse.namespaceName": warehouseNamespaceName,
        database,
        limit,
        pageToken
    }))}`, {
        ...opts
    });
}
/**
 * Show a statement
 */
export function showStatement(id: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: Statement;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/statements/${encodeURIComponent(id)}`, {
        ...opts
    });
}
/**
 * Read the result of a statement
 */
export function readStatementResult(id: string, { maxRows }: {
    maxRows?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StatementRows;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/statements/${encodeURIComponent(id)}/result${QS.query(QS.explode({
        maxRows
    }))}`, {
        ...opts
    });
}
/**
 * Cancel a statement
 */
export function cancelStatement(id: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.fetchJson<{
        status: 200;
        data: StatementCancelled;
    } | {
        status: 400;
        data: Problem;
    } | {
        status: 401;
        data: Problem;
    } | {
        status: 403;
        data: Problem;
    } | {
        status: 404;
        data: Problem;
    } | {
        status: 409;
        data: Problem;
    } | {
        status: 429;
        data: Problem;
    } | {
        status: 503;
        data: Problem;
    } | {
        status: number;
        data: Problem;
    }>(`/v1/statements/${encodeURIComponent(id)}/cancel`, {
        ...opts,
        method: "POST"
    });
}
