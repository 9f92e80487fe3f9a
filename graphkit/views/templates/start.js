beginTheme();
if (data.kind === "overview") beginOverview();
else beginPage();
