#include "cli/cli.h"

const struct cli_command cli_commands[] = {
	{"init", "", "建立数据目录，装入随附的清单和工作日历", "", 0, 0, cli_init},
	{"version", "", "显示版本", "", 0, 0, cli_version},

	{"catalog list", "", "列出全部清单", "", 0, 0, cli_catalog_list},
	{"catalog show", "ID [NO]", "显示一份清单，或其中一个主题", "", 1, 2, cli_catalog_show},
	{"catalog search", "TEXT", "按汉字、拼音、首字母、部门查主题", "", 1, -1,
		cli_catalog_search},
	{"catalog validate", "FILE…", "检查清单文件（目录也可）", "", 1, -1, cli_catalog_validate},
	{"catalog import", "FILE…", "检查后存为草稿版本", "author= publish", 1, -1,
		cli_catalog_import},
	{"catalog publish", "ID [--from DATE] [--filing NO]", "发布草稿版本，自 DATE 起施行",
		"from= filing= author=", 1, 1, cli_catalog_publish},
	{"catalog shelf", "ID NO on|off", "上架或撤下一个主题", "", 3, 3, cli_catalog_shelf},
	{"catalog diff", "A B", "用句子说出两个版本（ID、ID@N）或文件的差别", "", 2, 2,
		cli_catalog_diff},
	{"catalog export", "ID [--version N] [--whole]", "导出清单，与来源逐字相同",
		"version= whole", 1, 1, cli_catalog_export},
	{"catalog checklist", "ID NO --answers FILE|-", "按回答列出事项、材料、字段和未答的问题",
		"answers= version=", 2, 2, cli_catalog_checklist},

	{"calendar add", "DATE N", "DATE 之后第 N 个工作日", "", 2, 2, cli_calendar_add},
	{"calendar between", "A B", "A 之后到 B 为止的工作日数", "", 2, 2, cli_calendar_between},

	{"code check", "TEXT|-", "辨认并校验一个号码", "", 1, 1, cli_code_check},

	{NULL},
};
