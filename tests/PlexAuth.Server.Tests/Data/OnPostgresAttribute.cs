using Xunit.v3;

namespace PlexAuth.Server.Tests.Data;

/// <summary>Runs the tests that a class inherits on PostgreSQL instead of SQLite; skipped where PostgreSQL is not installed.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnPostgresAttribute : Attribute
{
    public static bool OfThisTest => (TestContext.Current.TestClass as IXunitTestClass)?.Class.IsDefined(typeof(OnPostgresAttribute), inherit: false) == true;
}
