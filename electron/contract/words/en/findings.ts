import type { Finding } from '../../schema/finding.ts';

type RuleTitle = (data: Finding['data']) => string;

const newerSyntax: Readonly<Record<string, string>> = {
  heredoc: 'Heredocs',
  'spaced-heredoc': 'Heredocs with a space after <<',
  'plain-default': 'Expansions such as ${NAME-word}, without a colon,',
  pattern: 'Expansions such as ${NAME%pattern}'
};

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
  WorkdirRelativePath: () => 'Relative WORKDIR without an absolute one before it',
  // Ours
  'newer-syntax': ({ feature, reader, since }: Finding['data']) => {
    const title = `${newerSyntax[String(feature)] ?? 'This syntax'} may not be read by ${reader}`;
    return since === '' ? title : `${title}: they are supported since ${since}`;
  }
};

export const findings = { rules };
