import type { Finding } from '../../schema/finding.ts';

type RuleTitle = (data: Finding['data']) => string;

/** Titles of the rules by ruleId. A finding of another rule is shown by its detail. */
const rules: Readonly<Record<string, RuleTitle>> = {
  // https://docs.docker.com/reference/build-checks/
  ConsistentInstructionCasing: () => 'Instruction casing is inconsistent',
  CopyIgnoredFile: () => 'Copied file is excluded by .dockerignore',
  DuplicateStageName: () => 'Stage name is used more than once',
  ExposeInvalidFormat: () => 'Invalid EXPOSE format',
  ExposeProtoCasing: () => 'EXPOSE protocol should be lowercase',
  FromAsCasing: () => 'FROM and AS casing do not match',
  FromPlatformFlagConstDisallowed: () => 'FROM --platform should not be a constant',
  InvalidDefaultArgInFrom: () => 'Base image name is invalid without build arguments',
  InvalidDefinitionDescription: () => 'Comment does not describe the stage or argument below it',
  JSONArgsRecommended: () => 'JSON arguments are recommended',
  LegacyKeyValueFormat: () => 'Legacy key and value format',
  MaintainerDeprecated: () => 'MAINTAINER is deprecated',
  MultipleInstructionsDisallowed: () => 'Only the last of these instructions has an effect',
  NoEmptyContinuation: () => 'Empty continuation line',
  RedundantTargetPlatform: () => 'FROM --platform=$TARGETPLATFORM is redundant',
  ReservedStageName: () => 'Stage name is reserved',
  SecretsUsedInArgOrEnv: () => 'Possible secret in ARG or ENV',
  StageNameCasing: () => 'Stage name should be lowercase',
  UndefinedArgInFrom: () => 'Undefined argument in FROM',
  UndefinedVar: () => 'Undefined variable',
  WorkdirRelativePath: () => 'Relative WORKDIR without an absolute one before it'
};

export const findings = { rules };
