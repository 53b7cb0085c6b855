using System.Data.Common;
using Dapper;

namespace PlexAuth.Server.Data;

/// <summary>One connection, inside its transaction where it writes, for as long as the callback it was given to runs.</summary>
internal sealed class DatabaseSession(DbConnection connection, CancellationToken cancellationToken)
{
    public async Task<T?> FirstOrDefaultAsync<T>(string sql, object? parameters = null) =>
        await connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) => new(sql, parameters, cancellationToken: cancellationToken);
}
