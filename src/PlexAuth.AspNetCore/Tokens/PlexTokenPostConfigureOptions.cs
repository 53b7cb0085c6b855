using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore;

/// <summary>Chooses who validates: whom the options name, then the application's own validator, then the account service.</summary>
internal sealed class PlexTokenPostConfigureOptions(IServiceProvider services, ILoggerFactory loggers, TimeProvider? applicationsTime = null) : IPostConfigureOptions<PlexTokenOptions>
{
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRetrying = TimeSpan.FromSeconds(3);

    public void PostConfigure(string? name, PlexTokenOptions options)
    {
        var time = options.TimeProvider ?? applicationsTime ?? TimeProvider.System;
        options.Service ??= new Lazy<AccountService>(() => CreateService(options, time));
        options.Validator ??= services.GetService<PlexTokenValidator>() ?? new AccountTokenValidator(name ?? "", options, time);
    }

    private AccountService CreateService(PlexTokenOptions options, TimeProvider time) =>
        new(options.Backchannel ?? Backchannel.Create(handler: null, LongestQuestion), new PlexClientOptions
        {
            Identity = options.CreateIdentity(),
            AccountUrl = options.AccountUrl,
            LoggerFactory = loggers,
            TimeProvider = time,
            Timeout = LongestQuestion,
            Retry = PlexRetry.Default with { MaxElapsedTime = LongestRetrying },
        }, services.GetRequiredService<AccountServiceHealth>());
}
