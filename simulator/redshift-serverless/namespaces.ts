import type {
  ListNamespacesRequest,
  ListWorkgroupsRequest,
  Namespace as NamespaceOutput,
  Workgroup as WorkgroupOutput,
} from '@aws-sdk/client-redshift-serverless';
import type { Operations } from '../core/types';
import { byTime, page } from './paging';
import { arn, namespaceArn, requireNamespace, requireWorkgroup, type ServerlessContext } from './room';
import type { Namespace, Workgroup } from './state';

export function namespaceOutput(context: ServerlessContext, namespace: Namespace): NamespaceOutput {
  return {
    namespaceArn: namespaceArn(context, namespace.name),
    namespaceId: namespace.id,
    namespaceName: namespace.name,
    adminUsername: namespace.adminUsername,
    dbName: namespace.databaseName,
    kmsKeyId: 'AWS_OWNED_KMS_KEY',
    defaultIamRoleArn: '',
    iamRoles: [],
    logExports: [],
    status: namespace.status,
    creationDate: namespace.createTime,
  };
}

export function workgroupOutput(context: ServerlessContext, workgroup: Workgroup): WorkgroupOutput {
  const { region, accountId } = context.world;
  return {
    workgroupId: workgroup.id,
    workgroupArn: arn(context, `workgroup/${workgroup.id}`),
    workgroupName: workgroup.name,
    namespaceName: workgroup.namespaceName,
    baseCapacity: 8,
    enhancedVpcRouting: false,
    configParameters: [
      { parameterKey: 'enable_case_sensitive_identifier', parameterValue: 'false' },
      { parameterKey: 'max_query_execution_time', parameterValue: '14400' },
      { parameterKey: 'search_path', parameterValue: '$user, public' },
    ],
    securityGroupIds: [],
    subnetIds: [],
    status: workgroup.status,
    endpoint: {
      address: `${workgroup.name}.${accountId}.${region}.redshift-serverless.amazonaws.com`,
      port: 5439,
      vpcEndpoints: [],
    },
    publiclyAccessible: false,
    creationDate: workgroup.createTime,
    port: 5439,
    workgroupVersion: '1.0.121035',
    patchVersion: '1.0.121035',
    crossAccountVpcs: [],
    ipAddressType: 'ipv4',
    trackName: 'current',
  };
}

/** GetNamespace, ListNamespaces, GetWorkgroup, ListWorkgroups. */
export function namespaceOperations(context: ServerlessContext): Operations {
  const { state, world } = context;
  return {
    GetNamespace: (input: { namespaceName?: string }) => ({
      namespace: namespaceOutput(context, requireNamespace(context, input.namespaceName)),
    }),
    GetWorkgroup: (input: { workgroupName?: string }) => ({
      workgroup: workgroupOutput(context, requireWorkgroup(context, input.workgroupName)),
    }),
    ListNamespaces(input: ListNamespacesRequest) {
      const all = [...state.namespaces.values()];
      const place = ({ createTime, name }: Namespace): string => byTime(createTime, name);
      const { items, nextToken } = page('namespaces', all, place, input);
      return { namespaces: items.map((namespace) => namespaceOutput(context, namespace)), nextToken };
    },
    ListWorkgroups(input: ListWorkgroupsRequest) {
      const own = input.ownerAccount === undefined || input.ownerAccount === world.accountId;
      const all = own ? [...state.workgroups.values()] : [];
      const place = ({ createTime, name }: Workgroup): string => byTime(createTime, name);
      const { items, nextToken } = page('workgroups', all, place, input);
      return { workgroups: items.map((workgroup) => workgroupOutput(context, workgroup)), nextToken };
    },
  };
}

/** For the Data API: the warehouse of a workgroup is its namespace's. */
export function workgroupDataTarget(
  { state }: ServerlessContext,
  name: string,
): { warehouseName: string; paused: boolean } | undefined {
  const workgroup = state.workgroups.get(name);
  return workgroup && { warehouseName: workgroup.namespaceName, paused: false };
}
