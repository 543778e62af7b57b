#include "desk/permission.h"

#include "desk/private.h"

#define CLERK DESK_ROLE_CLERK
#define SUPERVISOR DESK_ROLE_SUPERVISOR
#define BUREAU DESK_ROLE_BUREAU
#define ADMIN DESK_ROLE_ADMIN

struct permission {
	const char *name;
	unsigned roles;
};

static const struct permission permissions[DESK_ACT_COUNT] = {
	[DESK_ACT_READ] = {"查看办件", CLERK | SUPERVISOR | BUREAU | ADMIN},
	[DESK_ACT_DRAFT] = {"填写办件", CLERK | SUPERVISOR},
	[DESK_ACT_TAKE_IN] = {"收件", CLERK | SUPERVISOR},
	[DESK_ACT_CORRECT] = {"出具补正告知", CLERK | SUPERVISOR},
	[DESK_ACT_CORRECT_ANEW] = {"再次补正时提出新的问题", SUPERVISOR},
	[DESK_ACT_WITHDRAW] = {"办理撤回", CLERK | SUPERVISOR},
	[DESK_ACT_NOTE] = {"加备注", CLERK | SUPERVISOR},
	[DESK_ACT_RELAY] = {"转录部门意见", CLERK | SUPERVISOR},
	[DESK_ACT_ISSUE] = {"发证", CLERK | SUPERVISOR},
	[DESK_ACT_DELIVER] = {"登记送达", CLERK | SUPERVISOR},
	[DESK_ACT_ARCHIVE] = {"归档", CLERK | SUPERVISOR},
	[DESK_ACT_PAPER] = {"答复打印", CLERK | SUPERVISOR},
	[DESK_ACT_UNMASK] = {"查看完整证件号", CLERK | SUPERVISOR},
	[DESK_ACT_TAKE_OVER] = {"接办", CLERK | SUPERVISOR},
	[DESK_ACT_RETRY] = {"重新发送", CLERK | SUPERVISOR | ADMIN},
	[DESK_ACT_CLOCK] = {"确认本机时钟", SUPERVISOR},
	[DESK_ACT_LAPSE] = {"按逾期未补正办结或确认视为受理", SUPERVISOR},
	[DESK_ACT_EXTEND] = {"登记全件期限的延长", SUPERVISOR},
	[DESK_ACT_REMIND] = {"催办", CLERK | SUPERVISOR | BUREAU},
	[DESK_ACT_SUPERVISE] = {"督办", SUPERVISOR | BUREAU},
	[DESK_ACT_USERS] = {"管理人员和窗口", ADMIN},
	[DESK_ACT_ERASE] = {"依规定销毁个人信息", ADMIN | SUPERVISOR},
	[DESK_ACT_CATALOGUE] = {"维护清单", BUREAU},
	[DESK_ACT_SHELF] = {"上架", SUPERVISOR | BUREAU | ADMIN},
	[DESK_ACT_CONFIRM] = {"确认指南内容", BUREAU | ADMIN},
	[DESK_ACT_ROUTE] = {"设置部门路由", BUREAU | ADMIN},
};

const char *desk_act_name(enum desk_act act)
{
	return (unsigned)act < DESK_ACT_COUNT ? permissions[act].name : "";
}

static const char *who_may(unsigned roles)
{
	if (roles & CLERK)
		return "请窗口人员登录办理";
	if (roles & SUPERVISOR)
		return "请大厅主管登录办理";
	if (roles == BUREAU)
		return "请数据局管理员登录办理";
	return "请管理员登录办理";
}

bool desk_may(const struct desk *desk, enum desk_act act, GError **error)
{
	if (desk->roles & permissions[act].roles)
		return true;
	g_autofree char *sentence =
		*desk->user == '\0'
			? g_strdup_printf("还没有登录，不能%s", permissions[act].name)
			: g_strdup_printf("%s没有“%s”的权限", desk->display, permissions[act].name);
	return err_set_next(error, ERR_CODE_PERMISSION, sentence, who_may(permissions[act].roles));
}
