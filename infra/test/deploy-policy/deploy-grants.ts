/** What the provider calls for a type of resource, and on which resources. */
export interface Grant {
  readonly actions: readonly string[];
  /** ARNs, with `ACCOUNT` for the account and `*` for region and stack. */
  readonly resources: readonly string[];
}

const grant = (service: string, names: string, ...resources: string[]): Grant => ({
  actions: names.split(' ').map((name) => `${service}:${name}`),
  resources: resources.map((resource) => (resource === '*' ? '*' : `arn:aws:${resource}`)),
});
const tags = 'ListTagsForResource TagResource UntagResource';

const queue = grant(
  'sqs',
  'CreateQueue DeleteQueue GetQueueAttributes GetQueueUrl SetQueueAttributes ListQueueTags TagQueue UntagQueue',
  'sqs:*:ACCOUNT:fyrestream-*',
);
const topic = grant(
  'sns',
  `CreateTopic DeleteTopic GetTopicAttributes SetTopicAttributes ${tags}`,
  'sns:*:ACCOUNT:fyrestream-*',
);
const rule = grant(
  'events',
  `PutRule DescribeRule DeleteRule PutTargets RemoveTargets ListTargetsByRule ${tags}`,
  'events:*:ACCOUNT:rule/*',
);
const logGroup = grant(
  'logs',
  `CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy PutMetricFilter DescribeMetricFilters DeleteMetricFilter ${tags}`,
  'logs:*:ACCOUNT:log-group:/aws/lambda/fyrestream-*',
  'logs:*:ACCOUNT:log-group:/ecs/fyrestream-*',
);
// The provider sends tags with CreateBucket and reads them by S3 Control.
const bucket = grant(
  's3',
  'CreateBucket TagResource UntagResource ListTagsForResource DeleteBucket ListBucket ListBucketVersions GetBucket* PutBucket* DeleteBucketPolicy GetAccelerateConfiguration GetEncryptionConfiguration PutEncryptionConfiguration GetLifecycleConfiguration PutLifecycleConfiguration GetReplicationConfiguration',
  's3:::fyrestream-*',
);
const role = grant(
  'iam',
  'CreateRole GetRole UpdateRole UpdateAssumeRolePolicy DeleteRole TagRole UntagRole PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole',
  'iam::ACCOUNT:role/fyrestream-*',
);
const cluster = grant(
  'ecs',
  `CreateCluster DescribeClusters UpdateCluster DeleteCluster PutClusterCapacityProviders ${tags}`,
  'ecs:*:ACCOUNT:cluster/fyrestream-*',
);
const vpc = grant(
  'ec2',
  'Describe* GetManagedPrefixListEntries CreateVpc DeleteVpc ModifyVpcAttribute CreateSubnet DeleteSubnet ModifySubnetAttribute CreateInternetGateway AttachInternetGateway DetachInternetGateway DeleteInternetGateway CreateRouteTable DeleteRouteTable AssociateRouteTable DisassociateRouteTable CreateRoute DeleteRoute AllocateAddress ReleaseAddress DisassociateAddress CreateNatGateway DeleteNatGateway CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints CreateSecurityGroup DeleteSecurityGroup AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress DetachNetworkInterface DeleteNetworkInterface CreateTags DeleteTags',
  '*',
);

/** The calls for each type of resource. Types that the program does not register are an error of the test. */
export const deployGrants: Readonly<Record<string, readonly Grant[]>> = {
  'aws:budgets/budget:Budget': [
    grant('budgets', `ViewBudget ModifyBudget ${tags}`, 'budgets::ACCOUNT:budget/fyrestream-*'),
  ],
  'aws:cloudfront/distribution:Distribution': [
    grant(
      'cloudfront',
      `CreateDistribution GetDistribution UpdateDistribution DeleteDistribution ${tags}`,
      'cloudfront::ACCOUNT:distribution/*',
    ),
  ],
  'aws:cloudfront/originAccessControl:OriginAccessControl': [
    grant(
      'cloudfront',
      'CreateOriginAccessControl GetOriginAccessControl UpdateOriginAccessControl DeleteOriginAccessControl',
      'cloudfront::ACCOUNT:origin-access-control/*',
    ),
  ],
  'aws:cloudwatch/dashboard:Dashboard': [
    grant(
      'cloudwatch',
      'PutDashboard GetDashboard DeleteDashboards',
      'cloudwatch::ACCOUNT:dashboard/fyrestream-*',
    ),
  ],
  'aws:cloudwatch/metricAlarm:MetricAlarm': [
    grant(
      'cloudwatch',
      `PutMetricAlarm DescribeAlarms DeleteAlarms ${tags}`,
      'cloudwatch:*:ACCOUNT:alarm:fyrestream-*',
    ),
  ],
  'aws:cloudwatch/logGroup:LogGroup': [logGroup, grant('logs', 'DescribeLogGroups', '*')],
  'aws:cloudwatch/logMetricFilter:LogMetricFilter': [logGroup],
  'aws:cloudwatch/eventBus:EventBus': [
    grant(
      'events',
      `CreateEventBus DescribeEventBus UpdateEventBus DeleteEventBus ${tags}`,
      'events:*:ACCOUNT:event-bus/fyrestream-*',
    ),
  ],
  'aws:cloudwatch/eventRule:EventRule': [rule],
  'aws:cloudwatch/eventTarget:EventTarget': [rule],
  'aws:dynamodb/table:Table': [
    grant(
      'dynamodb',
      'CreateTable DescribeTable UpdateTable DeleteTable DescribeContinuousBackups UpdateContinuousBackups DescribeTimeToLive UpdateTimeToLive ListTagsOfResource TagResource UntagResource',
      'dynamodb:*:ACCOUNT:table/fyrestream-*',
    ),
  ],
  'aws:ec2/securityGroup:SecurityGroup': [vpc],
  'awsx:ec2:Vpc': [vpc],
  'awsx:ecr:Repository': [
    grant(
      'ecr',
      `CreateRepository DescribeRepositories DeleteRepository PutImageScanningConfiguration GetLifecyclePolicy PutLifecyclePolicy DeleteLifecyclePolicy ${tags}`,
      'ecr:*:ACCOUNT:repository/fyrestream-*',
    ),
  ],
  'awsx:ecr:Image': [
    grant('ecr', 'GetAuthorizationToken', '*'),
    grant(
      'ecr',
      'BatchCheckLayerAvailability BatchGetImage GetDownloadUrlForLayer InitiateLayerUpload UploadLayerPart CompleteLayerUpload PutImage BatchDeleteImage',
      'ecr:*:ACCOUNT:repository/fyrestream-*',
    ),
  ],
  'aws:ecs/cluster:Cluster': [
    cluster,
    grant('iam', 'CreateServiceLinkedRole', 'iam::ACCOUNT:role/aws-service-role/ecs.amazonaws.com/*'),
  ],
  'aws:ecs/clusterCapacityProviders:ClusterCapacityProviders': [cluster],
  'aws:ecs/taskDefinition:TaskDefinition': [
    grant('ecs', `RegisterTaskDefinition ${tags}`, 'ecs:*:ACCOUNT:task-definition/fyrestream-*'),
    // These support no resource-level permissions.
    grant('ecs', 'DescribeTaskDefinition DeregisterTaskDefinition', '*'),
  ],
  'aws:iam/role:Role': [role, grant('iam', 'PassRole', 'iam::ACCOUNT:role/fyrestream-*')],
  'aws:iam/rolePolicy:RolePolicy': [role],
  'aws:lambda/function:Function': [
    grant(
      'lambda',
      'CreateFunction GetFunction GetFunctionCodeSigningConfig ListVersionsByFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction ListTags TagResource UntagResource',
      'lambda:*:ACCOUNT:function:fyrestream-*',
    ),
  ],
  'aws:lambda/functionUrl:FunctionUrl': [
    grant(
      'lambda',
      'CreateFunctionUrlConfig GetFunctionUrlConfig UpdateFunctionUrlConfig DeleteFunctionUrlConfig',
      'lambda:*:ACCOUNT:function:fyrestream-*',
    ),
  ],
  'aws:lambda/eventSourceMapping:EventSourceMapping': [
    grant(
      'lambda',
      'GetEventSourceMapping UpdateEventSourceMapping DeleteEventSourceMapping ListTags TagResource UntagResource',
      'lambda:*:ACCOUNT:event-source-mapping:*',
    ),
    grant('lambda', 'CreateEventSourceMapping', '*'),
  ],
  'aws:s3/bucket:Bucket': [
    bucket,
    // `keepDataOnDestroy: false` empties the buckets.
    grant('s3', 'DeleteObject DeleteObjectVersion', 's3:::fyrestream-*/*'),
  ],
  'aws:s3/bucketCorsConfiguration:BucketCorsConfiguration': [bucket],
  'aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration': [bucket],
  'aws:s3/bucketNotification:BucketNotification': [bucket],
  'aws:s3/bucketOwnershipControls:BucketOwnershipControls': [bucket],
  'aws:s3/bucketPolicy:BucketPolicy': [bucket],
  'aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock': [bucket],
  'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration': [bucket],
  'aws:s3/bucketVersioning:BucketVersioning': [bucket],
  'aws:scheduler/schedule:Schedule': [
    grant(
      'scheduler',
      'CreateSchedule GetSchedule UpdateSchedule DeleteSchedule',
      'scheduler:*:ACCOUNT:schedule/default/fyrestream-*',
    ),
  ],
  'aws:secretsmanager/secret:Secret': [
    grant(
      'secretsmanager',
      // The provider reads the policy of a secret; it never reads its value.
      'CreateSecret DescribeSecret GetResourcePolicy UpdateSecret DeleteSecret TagResource UntagResource',
      'secretsmanager:*:ACCOUNT:secret:fyrestream-*',
    ),
  ],
  'aws:sns/topic:Topic': [topic],
  'aws:sns/topicPolicy:TopicPolicy': [topic],
  'aws:sns/topicSubscription:TopicSubscription': [
    grant('sns', 'Subscribe', 'sns:*:ACCOUNT:fyrestream-*'),
    grant('sns', 'Unsubscribe GetSubscriptionAttributes', '*'),
  ],
  'aws:sqs/queue:Queue': [queue],
  'aws:sqs/queuePolicy:QueuePolicy': [queue],
  'aws:sqs/redriveAllowPolicy:RedriveAllowPolicy': [queue],
};
