/**
 * Effects of the statements of SQL, by the names that PostgreSQL's parser gives them. A statement that is not here is not
 * understood: DO, CALL, EXECUTE, COPY and MERGE run code that is not part of the statement.
 * @see https://www.postgresql.org/docs/current/sql-commands.html
 */

/** Statements that destroy no data. UPDATE and INSERT are the means of moving data, and count as harmless. */
export const HARMLESS_STATEMENTS = new Set(
  [
    "AlterCollationStmt AlterDatabaseSetStmt AlterDatabaseStmt AlterDefaultPrivilegesStmt AlterDomainStmt AlterEnumStmt AlterExtensionStmt AlterFunctionStmt AlterObjectDependsStmt AlterObjectSchemaStmt AlterOperatorStmt AlterOwnerStmt AlterPolicyStmt AlterRoleSetStmt AlterRoleStmt AlterSeqStmt AlterStatsStmt AlterTableStmt AlterTypeStmt ReassignOwnedStmt RenameStmt",
    "CompositeTypeStmt CreateCastStmt CreateConversionStmt CreateDomainStmt CreateEnumStmt CreateExtensionStmt CreateFdwStmt CreateForeignServerStmt CreateForeignTableStmt CreateFunctionStmt CreateOpClassStmt CreateOpFamilyStmt CreatePLangStmt CreatePolicyStmt CreatePublicationStmt CreateRangeStmt CreateRoleStmt CreateSchemaStmt CreateSeqStmt CreateStatsStmt CreateStmt CreateTableAsStmt CreateTransformStmt CreateTrigStmt CreateUserMappingStmt CreatedbStmt DefineStmt IndexStmt RuleStmt ViewStmt",
    "ClusterStmt CommentStmt GrantRoleStmt GrantStmt InsertStmt LockStmt RefreshMatViewStmt ReindexStmt SelectStmt TransactionStmt UpdateStmt VacuumStmt VariableSetStmt VariableShowStmt",
  ]
    .join(" ")
    .split(" "),
);

/** Objects without data, which can be created again after a DROP. CASCADE also drops objects with data. */
export const HARMLESS_OBJECTS = new Set(
  "OBJECT_AGGREGATE OBJECT_FUNCTION OBJECT_INDEX OBJECT_POLICY OBJECT_PROCEDURE OBJECT_RULE OBJECT_TRIGGER OBJECT_VIEW".split(
    " ",
  ),
);

/** Statements that destroy data, also inside WITH. */
export const DESTRUCTIVE_STATEMENTS = new Set(
  "DeleteStmt DropOwnedStmt DropRoleStmt DropSubscriptionStmt DropTableSpaceStmt DropUserMappingStmt DropdbStmt TruncateStmt".split(
    " ",
  ),
);

/**
 * Parts of the tree whose expressions are stored and not run by the statement. The functions of an index have to be
 * immutable, which change nothing.
 * @see https://www.postgresql.org/docs/current/xfunc-volatility.html
 */
export const STORED_PARTS = new Set(
  "AlterPolicyStmt CreateFunctionStmt CreatePolicyStmt CreateTrigStmt IndexStmt RuleStmt ViewStmt".split(" "),
);
